"""What the officers' page of one message shows: what has to be read to act, and what lies beside.

The list and the full page show the same: the list asks for what lies beside only after it is open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Window, prefetch_related_objects

from channels_app import maps, similar, timeline
from channels_app.models import Asked, Delivery, Message
from channels_app.states import MessageStatus
from desk import actions, forms, presence
from desk.answer_form import AnswerForm
from desk.models import Note, latest_for
from desk.offers import Offer, offers
from desk.photos import photo_cards
from desk.talking import talk_of
from desk.writing import desk_of
from lifecycle import clock
from people.models import Office, User

JOINED_SHOWN = 20
DECISIONS = 20  # of one message that a page looks back at
OTHERS_SHOWN = 10


def read_once(message: Message) -> None:
    """What the page and the rules of its acts both ask for; nothing is asked that isn't there."""
    asked = Asked.objects.select_related("office", "by", "answered_by")
    if not getattr(message, "has_parts", True):
        asked = asked.none()
    prefetch_related_objects([message], Prefetch("asked", asked))


def matter(
    message: Message,
    user: User,
    offices: list[Office],
    *,
    wrong: forms.ActForm | None = None,
    draft: AnswerForm | None = None,
) -> dict[str, Any]:
    """The words, what was said since, and every act that is permitted now.

    `wrong` came back with errors and `draft` from its preview: both are shown as typed.
    """
    may_read, offered = message.may_be_read_by(user), offers(message, user)
    parts = list(message.asked.all())
    there = Present(message)
    presence.look(message.pk, user)
    return {
        "message": message,
        "officer": user,
        "may_read": may_read,
        "words": message.words if may_read else message.masked_text,
        "parts": parts,
        "owed_part": next((part for part in parts if part.is_owed_by(user)), None),
        "open_parts": sum(part.answered_at is None for part in parts),
        "bound": message.status == MessageStatus.ROUTED and message.is_for_the_centre,
        **talk_of(message, user, there.replies, there.additions, may_read=may_read),
        "notes": there.notes if may_read else [],
        "mails": there.mails if may_read else [],
        "photo_cards": photo_cards(message, user, wrong),
        "map": maps.map_of(message.position if may_read else message.public_position),
        "moment": clock.now(),
        "wrong": wrong,
        "looking": presence.others([message.pk], user).get(message.pk, []),
        "may_note": actions.may_note(message, user),
        "may_take": message.may_be_screened_by(user) and not message.is_final,
        "later_latest": latest_for(message) if message.may_be_screened_by(user) else None,
        **_routing(message, offices),
        **_forms(message, offered, offices, wrong),
        **desk_of(message, user, offered["answer"], wrong or draft),
    }


@dataclass(frozen=True)
class Present:
    """What few messages have: asked for only where there is any."""

    message: Message

    def _rows(self, name: str, rows: Any) -> list[Any]:
        return list(rows) if getattr(self.message, name, True) else []

    @property
    def replies(self) -> list[Any]:
        """What the office has said."""
        return self._rows("has_replies", self.message.replies.select_related("office", "by"))

    @property
    def additions(self) -> list[Any]:
        """What its author has said later."""
        return self._rows("has_additions", self.message.additions.all())

    @property
    def mails(self) -> list[Any]:
        """By which it came, with the files that came along."""
        mails = self.message.events.filter(size__gt=0).order_by("id")
        return self._rows("has_mails", mails.prefetch_related("enclosures"))

    @property
    def notes(self) -> list[Any]:
        """What officers told each other."""
        notes = Note.objects.filter(message=self.message).exclude(text="")
        return self._rows("has_notes", notes.select_related("by", "office"))


def beside(message: Message, user: User) -> dict[str, Any]:
    """What helps to decide: similar ones, the same person's others, what happened so far."""
    may_read = message.may_be_read_by(user)
    steps = list(message.steps.select_related("office", "by_office", "by", "note"))
    joined, alike = _joined(message), _alike(message, user)
    linked = [*joined, *(one.message for one in alike), *filter(None, [message.lead])]
    prefetch_related_objects(linked, "asked")  # who may open them
    offered = offers(message, user)
    deliveries = Delivery.objects.filter(message=message).of_author().select_related("contact")
    others, others_count = _of_same_person(message, user)
    return {
        "message": message,
        "officer": user,
        "alike": alike,
        "others": others,
        "others_count": others_count,
        "may_read": may_read,
        "may_join": offered["join"].is_theirs and offered["join"].is_time,
        **{
            f"{act}_form": _made(offered[act].form, message, f"{act}_form", None, ())
            if offered[act].is_theirs and offered[act].is_time
            else None
            for act in ("send_again", "settle")
        },
        "joined": joined,
        "joined_count": joined[0].in_all if joined else 0,
        "deliveries": list(deliveries) if message.contact_id else [],
        "changes": list(message.publication_changes.select_related("by")),
        "entries": timeline.entries(
            message, steps, parts=list(message.asked.all()), inward=True, notes=may_read
        ),
        "moment": clock.now(),
    }


@dataclass(frozen=True)
class Alike:
    """Another message about perhaps the same matter; `metres` where both places are known."""

    message: Message
    is_probably_same: bool
    metres: int | None
    may_lead: bool


def _alike(message: Message, user: User) -> list[Alike]:
    """By words and place, among what everyone may read and what lies with the same office.

    Never the message itself.
    """
    if message.is_erased:
        return []
    found = similar.similar_to(
        message.masked_text,
        borough=message.borough,
        position=message.position,
        limit=6,
        at=message.office if message.may_be_screened_by(user) else None,
    )
    return [
        Alike(
            one.message,
            one.is_probably_same,
            _metres(message, one.message),
            one.message.may_lead and one.message.may_be_screened_by(user),
        )
        for one in found
        if one.message.pk != message.pk and one.message.lead_id != message.pk
    ][:5]


def _metres(one: Message, other: Message) -> int | None:
    here, there = one.position, other.public_position
    return round(similar.metres(here, there)) if here and there else None


def _of_same_person(message: Message, user: User) -> tuple[list[Message], int]:
    """The newest others that came with the same address to the same offices.

    What somebody said publicly to others is not gathered under a name here: that is the search by
    address, which is for the centre and noted.
    """
    if message.contact_id is None or not message.may_be_read_by(user):
        return [], 0
    others = Message.objects.at_offices_of(user).filter(contact=message.contact_id)
    counted = others.exclude(pk=message.pk).annotate(in_all=Window(Count("pk")))
    rows: list[Any] = list(counted.select_related("office").order_by("-pk")[:OTHERS_SHOWN])
    return rows, rows[0].in_all if rows else 0


def _joined(message: Message) -> list[Any]:
    """The first ones, each knowing as `in_all` how many there are."""
    if not message.leads_others:
        return []
    counted = message.joined.annotate(in_all=Window(Count("pk")))
    return list(counted.select_related("office").order_by("pk")[:JOINED_SHOWN])


def _forms(
    message: Message,
    offered: Mapping[str, Offer],
    offices: Sequence[Office],
    typed: forms.ActForm | None,
) -> dict[str, forms.ActForm | bool | None]:
    """A form for each act that this user may take now, None for the others."""
    made = {
        f"{act}_form": (
            _made(offer.form, message, f"{act}_form", typed, offices)
            if offer.is_theirs and offer.is_time
            else None
        )
        for act, offer in offered.items()
        if offer.form is not AnswerForm
    }
    rarer = (form for name, form in made.items() if name != "answer_part_form")
    return {**made, "may_act": any(rarer)}


def _made(
    kind: type[forms.ActForm],
    message: Message,
    name: str,
    typed: forms.ActForm | None,
    offices: Sequence[Office],
) -> forms.ActForm:
    form = (
        typed
        if type(typed) is kind and kind is not forms.ActForm
        else kind(initial={**kind.first(message), "version": message.version}, auto_id=f"{name}_%s")
    )
    return form.for_message(message, offices) if isinstance(form, forms.OfficeForm) else form


@dataclass(frozen=True)
class Suggested:
    """An office the rules thought of, with its points and the words that gave them."""

    office: Office
    points: float
    words: list[str]


def _routing(message: Message, answering: Sequence[Office]) -> dict[str, Any]:
    """The newest opinion of the rules, best first; and whom the last office wanted instead."""
    if not message.is_waiting:
        return {"candidates": [], "borough_reason": "", "wanted": None, "was_weighed": True}
    decisions = list(
        message.routing_decisions.select_related("office", "instead_of").order_by("-id")[:DECISIONS]
    )
    by_rules = next((one for one in decisions if one.by_id is None), None)
    wanted = decisions[0] if decisions and decisions[0].by_id and not decisions[0].office else None
    thought_of = by_rules.candidates if by_rules else []
    proposed = wanted.candidates if wanted else []
    offices = {office.pk: office for office in answering}
    return {
        "candidates": [
            Suggested(offices[row["office"]], row["points"], row["words"])
            for row in thought_of
            if row["office"] in offices
        ],
        "borough_reason": by_rules.borough_reason if by_rules else "",
        "was_weighed": by_rules is not None,
        "wanted": next((offices.get(row["office"]) for row in proposed), None),
    }
