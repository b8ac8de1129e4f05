"""What must never happen, tried on real servers: processes die, lines are cut, all at once."""
