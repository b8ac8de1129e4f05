"""What must not get in, and what must not come out again as something that runs."""
