"""The texts as the search keeps them: one for each message, one for each answer."""

from benchmarks.city.writing import insert
from channels_app.models import Passage

LETTERS = "btrim(regexp_replace(lower({}), '[^a-z0-9가-힣]+', ' ', 'g'))"
OPEN = "m.status IN ('received', 'routed', 'at_work', 'answered')"
PUBLIC = "m.publication = 'public' AND m.status <> 'set_aside'"
# As `actions.index` writes them; a trait without a value falls out.
TRAITS = f"""array_remove(ARRAY['=kind:' || m.kind, '=channel:' || m.channel,
  '=state:' || CASE WHEN m.status = 'replied' THEN 'answered' WHEN {OPEN} THEN 'open' END,
  '=office:' || m.office_id, '=borough:' || m.borough_id, '=reader:' || m.office_id,
  CASE WHEN {PUBLIC} THEN '=public:1' END, '=what:{{}}'], NULL)"""
SHARED = {"message_id": "m.id", "public": PUBLIC, "language": "''"}
MESSAGES = SHARED | {
    "kind": "'message'",
    "at": "m.received_at",
    "letters": LETTERS.format("m.masked_text || ' ' || m.masked_place"),
    "traits": TRAITS.format("message"),
}
ANSWERS = SHARED | {
    "kind": "'answer'",
    "reply_id": "r.id",
    "at": "r.published_at",
    "letters": LETTERS.format("r.masked_text"),
    "traits": TRAITS.format("answer"),
}


def fill_passages() -> int:
    """So many rows; the messages and their answers stand there already."""
    messages = insert(Passage, MESSAGES, "channels_app_message m")
    replies = "channels_app_reply r JOIN channels_app_message m ON m.id = r.message_id"
    return messages + insert(Passage, ANSWERS, replies)
