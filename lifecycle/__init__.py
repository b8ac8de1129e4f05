"""Floor 2: how anything changes.

`move()` is the only way to a new status, a `Step` its append-only trace, the Rulebook the place of
every number of policy, `clock` the only source of the time. Knows no message and no suggestion.
"""
