"""The day's numbers."""
