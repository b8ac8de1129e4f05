"""How the database itself keeps the search true, whoever writes, and in the same transaction.

What not everyone may read any more, what was erased and what says something else now leaves the
index at once; a note for the sweep brings back what still can be found.
"""

import pgtrigger

from channels_app.states import IN_HAND, MessageStatus

NOTE = "INSERT INTO channels_app_passagedue ({0}_id) VALUES (NEW.{1}) ON CONFLICT DO NOTHING;"
_OPEN = ", ".join(f"'{status}'" for status in sorted((*IN_HAND, MessageStatus.ANSWERED)))
# An office that gives a private one away finds it no more from that moment.
MESSAGE_CHANGED = pgtrigger.Trigger(
    name="passages_of_message",
    when=pgtrigger.After,
    operation=pgtrigger.Insert
    | pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # the package has no types
        "masked_text",
        "masked_place",
        "publication",
        "status",
        "office_id",
        "borough_id",
        "kind",
        "channel",
    ),
    func=f"""
    IF TG_OP = 'UPDATE' THEN
      IF (OLD.masked_text, OLD.masked_place, OLD.publication, OLD.status = 'set_aside')
         IS DISTINCT FROM
         (NEW.masked_text, NEW.masked_place, NEW.publication, NEW.status = 'set_aside')
         OR (NEW.publication <> 'public' AND OLD.office_id IS DISTINCT FROM NEW.office_id) THEN
        DELETE FROM channels_app_passage WHERE message_id = NEW.id;
      ELSIF (OLD.office_id, OLD.borough_id, OLD.kind, OLD.channel,
             OLD.status IN ({_OPEN}), OLD.status = 'replied')
            IS NOT DISTINCT FROM
            (NEW.office_id, NEW.borough_id, NEW.kind, NEW.channel,
             NEW.status IN ({_OPEN}), NEW.status = 'replied') THEN
        RETURN NULL;
      END IF;
    END IF;
    {NOTE.format("message", "id")}
    RETURN NULL;
    """,  # noqa: S608 - constants of this module
)
REPLY_CHANGED = pgtrigger.Trigger(
    name="passages_of_reply",
    when=pgtrigger.After,
    operation=pgtrigger.Insert
    | pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # the package has no types
        "masked_text", "reason", "next_door", "will_do", "published_at", "taken_back_at"
    ),
    func=f"""
    IF TG_OP = 'UPDATE' THEN
      DELETE FROM channels_app_passage WHERE reply_id = NEW.id;
    END IF;
    IF NEW.published_at IS NOT NULL THEN
      {NOTE.format("message", "message_id")}
    END IF;
    RETURN NULL;
    """,  # noqa: S608 - constants of this module
)
# An office that is asked for its part may read it from then on.
PART_ASKED = pgtrigger.Trigger(
    name="passages_of_asked",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func=f"{NOTE.format('message', 'message_id')} RETURN NULL;",
)
ARTICLE_CHANGED = pgtrigger.Trigger(
    name="passages_of_article",
    when=pgtrigger.After,
    operation=pgtrigger.Insert
    | pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # the package has no types
        "question_ko", "answer_ko", "question_en", "answer_en", "office_id", "withdrawn_at"
    ),
    func=f"""
    DELETE FROM channels_app_passage WHERE article_id = NEW.id;
    {NOTE.format("article", "id")}
    RETURN NULL;
    """,  # noqa: S608 - constants of this module
)
