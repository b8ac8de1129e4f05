"""How the portal itself is: the page, alarms, switches, drills."""
