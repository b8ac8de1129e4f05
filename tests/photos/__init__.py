"""Photos, from the phone to the page."""
