"""Commands of the mayor's office."""
