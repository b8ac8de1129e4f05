"""Floor 3: every voice in, every answer out.

Serves the citizen who says something and the office that answers. Holds messages, their routing,
replies, contacts and the outbox. Must not know what becomes of a message later.
"""
