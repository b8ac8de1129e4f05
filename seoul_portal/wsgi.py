"""Django as WSGI; the dispatcher in asgi.py gives it spooled requests."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "seoul_portal.settings")
application = get_wsgi_application()
