"""How the desk's pages show what the mask has covered."""
