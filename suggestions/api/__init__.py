"""The open interface of suggestions: to be read."""
