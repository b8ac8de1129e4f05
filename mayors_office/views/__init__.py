"""The pages of the mayor's office: the day's numbers, and who was not heard."""
