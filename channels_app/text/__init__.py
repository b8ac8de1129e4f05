"""Understanding text: pure functions, no rows, no settings, so that each can be measured alone."""
