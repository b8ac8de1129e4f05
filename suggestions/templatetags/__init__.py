"""What templates of suggestions need and may not compute."""
