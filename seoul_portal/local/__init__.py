"""The servers a laptop needs: PostgreSQL, Valkey and a mail sink, started and stopped with us.

Where DATABASE_URL, REDIS_URL or EMAIL_URL is set, that server is used and none is started here.
Nothing in this room knows the city.
"""
