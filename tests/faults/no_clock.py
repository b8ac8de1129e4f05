"""The portal's worker whose clock never strikes: only kicks make it work."""

from seoul_portal.celery import app

__all__ = ["app"]

app.conf.beat_schedule = {}
