# The portal as one image: web, workers, clock and commands differ by their command alone.
FROM python:3.11-slim AS packages
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /opt/portal \
    && /opt/portal/bin/pip install --no-cache-dir --disable-pip-version-check \
       --require-hashes --no-deps -r /tmp/requirements.txt

FROM python:3.11-slim
ENV PATH=/opt/portal/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=seoul_portal.settings \
    PORTAL_STATIC_MANIFEST=1 \
    PORTAL_VAR=/var/lib/portal \
    PORTAL_BACKUPS=/var/lib/portal-backups \
    ERASURE_LIST=/var/lib/portal-apart/erasures.jsonl \
    LOG_FORMAT=json
RUN useradd --system --uid 10001 --home-dir /app portal \
    && install -d -o portal -g portal -m 700 \
       /var/lib/portal /var/lib/portal-backups /var/lib/portal-apart
COPY --from=packages /opt/portal /opt/portal
WORKDIR /app
COPY . .
# The keys made here are for the build alone and leave no trace in the image.
RUN PORTAL_VAR=/tmp/build python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /tmp/build
USER portal
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "deploy/healthz.py"]
CMD ["python", "-m", "granian", "seoul_portal.asgi:application", \
     "--interface", "asgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--backlog", "4096", "--backpressure", "8192", "--no-ws", "--respawn-failed-workers", \
     "--workers-kill-timeout", "4", "--log-config", "deploy/granian-logs.json"]
