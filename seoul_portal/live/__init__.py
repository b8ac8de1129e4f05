"""The wall's stream: numbers for open pages as they change, without Django, a session or a row.

One `Watch` a process reads them, at most once a second, and gives each `Seat` the newest word.
"""
