"""What stands on the page of one suggestion: each area of its life brings its own part."""
