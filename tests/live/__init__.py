"""Open pages that hear of what is new, and pages kept for seconds."""
