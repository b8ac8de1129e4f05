"""Who is who: users, offices, appointments, the doors for officers."""
