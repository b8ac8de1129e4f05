"""The pages of answers, surveys and promises: the rows they need, their addresses."""

from channels_app import actions as message_actions
from channels_app.models import Confirmation, Follow
from lifecycle import clock
from people.models import Office, User
from suggestions import actions, tasks
from suggestions.models import Evaluation, Promise, Suggestion
from tests.pages.visits import Visit
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions import factories as ideas
from tests.suggestions.answering import DAY, today


def _office() -> tuple[Office, User]:
    buses = answering.department()
    return buses, people.head_of(buses)


def _door(idea: Suggestion, way: str) -> str:
    return f"/s/{idea.code}/{idea.message.token}/{way}/"


def _claimed(way: str) -> str:
    buses, head = _office()
    return _door(answering.claimed(answering.reviewed(buses), by=head), way)


def _confirmed() -> str:
    buses, head = _office()
    return _door(answering.done(answering.reviewed(buses), by=head), "is-done")


def _declined() -> str:
    buses, head = _office()
    idea = answering.reviewed(buses)
    answering.declined(idea, by=head)
    return _door(idea, "rate-answer")


def _closed() -> str:
    buses, _head = _office()
    return _door(answering.reviewed(buses), "not-done")


def _survey(*, over: bool = False) -> str:
    buses, head = _office()
    idea = answering.done(answering.reviewed(buses), by=head)
    contact, moment = ideas.person(), clock.now()
    message_actions.confirm_contact(contact)
    Follow.objects.create(topic=idea.topic, contact=contact, created_at=moment, confirmed_at=moment)
    Suggestion.objects.filter(pk=idea.pk).update(due_at=moment - DAY)
    tasks.follow_up()
    tasks.invite_to_surveys()
    if over:
        Evaluation.objects.update(closes_at=clock.now())
    asked = Confirmation.objects.filter(purpose="survey").latest("pk")
    return f"/confirm/survey/{asked.pk}/{asked.token}/"


def promise() -> Promise:
    """One with everything that a page can show of it."""
    buses, head = _office()
    made = actions.make_promise(
        actions.Spoken(
            "심야버스를 아홉 노선으로 늘리겠습니다.",
            today(),
            "broadcast",
            "라이브 서울",
            "https://example.org/live",
            750,
        ),
        speaker=people.mayors_office(),
        by=people.mayors_officer(),
        suggestion=answering.reviewed(buses),
    )
    taken = actions.accept(made, office=buses, finish_on=today() + 30 * DAY, by=head)
    return actions.change(
        taken,
        actions.Spoken("여덟 노선으로 늘리겠습니다.", today()),
        reason="기사를 더 뽑아야 합니다.",
        finish_on=today() + 90 * DAY,
        by=head,
    )


def _promises() -> str:
    promise()
    return "/promises/"


VISITS = [
    Visit("is it done", lambda: _claimed("is-done")),
    Visit("it is not done", lambda: _claimed("not-done")),
    Visit("not done, without words", lambda: _claimed("not-done"), 422, {"text": " "}),
    Visit(
        "not done, with a number",
        lambda: _claimed("not-done"),
        typed={"text": "없어요. 010-1234-5678"},
    ),
    Visit("confirmed", _confirmed),
    Visit("shut", _closed),
    Visit("shut, with words", _closed, 409, {"text": "아직이에요"}),
    Visit("how was the answer", _declined),
    Visit("how was it, half", _declined, 422, {"clear": "yes"}),
    Visit("survey", _survey),
    Visit("survey, half", _survey, 422, {"there": "yes"}),
    Visit("survey answered", _survey, typed={"there": "yes", "helps": "4"}),
    Visit("survey over", lambda: _survey(over=True)),
    Visit("promises", _promises),
    Visit("no promises", lambda: "/promises/?show=broken"),
    Visit("promise", lambda: promise().get_absolute_url()),
    Visit("promise that was changed", lambda: f"/promises/{promise().replaces_id}/"),
]
