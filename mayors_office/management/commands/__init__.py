"""Each is a door without a page."""
