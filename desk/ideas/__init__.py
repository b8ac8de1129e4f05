"""The officers' page of one suggestion: every permitted act is a button, area by area."""
