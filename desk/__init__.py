"""Floor 8: the officers' own pages.

The queue and the case page under /admin/. Decides nothing: every button calls an action of the
floor that owns the row.
"""
