"""Floor 1: who is who.

Users, offices (bureaus, departments, boroughs, corporations) and the appointments that say who
holds which office, in which role, from when to when. Serves everybody above; knows nobody above.
"""
