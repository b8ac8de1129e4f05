"""Is this container's web server well? Asked by Docker; standard library only.

A silent worker is no fault of the web: it has a check of its own (`manage.py alive`).
"""

import http.client
import json
import os
import sys
from urllib.parse import urlsplit

host = urlsplit(os.environ.get("PORTAL_SITE_URL", "http://localhost")).hostname or "localhost"
line = http.client.HTTPConnection("127.0.0.1", 8000, timeout=8)
line.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
said = json.loads(line.getresponse().read())
sys.exit(0 if said.get("database") == "ok" else 1)
