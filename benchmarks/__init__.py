"""How fast, shown by figures of one run: each module's `run` gives the keys of its RESULT line.

Every benchmark stands in a throw-away database with migrations applied, and starts and stops its
own processes; the cities of `growth` are kept below var/, for a million messages take minutes.
`./portal bench NAME` runs one, `./portal bench --quick` all of them, small.
"""

NAMES = (
    "intake", "routing", "similar", "suggest", "search", "live", "hot", "record", "growth",
    "lists", "support",
)  # fmt: skip
