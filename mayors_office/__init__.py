"""Floor 9: the mayor's office sees the whole.

Numbers of the day for everyone, for an office, for the mayor. They only read; what is counted is
kept in small tables by a sweep. Knows every floor below, and is known by none of them.
"""
