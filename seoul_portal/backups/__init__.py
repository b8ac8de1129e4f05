"""Copies of the whole portal, and the way back: database, photos, a list with checksums.

The keys are never in them: who finds a backup can read no address. Keep them apart, or a backup
is worth nothing to you either.
"""
