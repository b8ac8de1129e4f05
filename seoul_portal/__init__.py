"""Floor 10: composition only.

Settings, addresses, Celery, the home page and the fixed pages, the local servers. No models.
"""
