"""Words that templates need and may not compute."""
