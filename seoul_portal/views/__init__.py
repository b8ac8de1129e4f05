"""The home page, the fixed pages, and what machines ask."""
