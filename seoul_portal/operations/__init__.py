"""How the portal itself is: sweeps, queues, backups, the database, alarms.

One source for the page /admin/operations/, for /healthz, /metrics and `./portal alive`. It stands
on the top floor because it may look at every other one; it changes no case.
"""
