"""How another network is reached: one module a network, one list of errors for all."""
