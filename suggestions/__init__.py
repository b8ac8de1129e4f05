"""Floor 4: ideas until they are done; the second half of the spine.

A suggestion begins as somebody's message and keeps its number: support, review, committee, dated
progress, evaluation stand on one record, with an owner and a date at every moment. Knows the
message that carried it; no message knows what became of it.
"""
