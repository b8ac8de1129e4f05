"""Who may do what, where, in which state: written tables, and every cell of them tried."""
