"""YouTube: what leaves, how we are let in, and when YouTube has enough of us."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from channels_app.connectors.contract import About
from channels_app.connectors.errors import (
    AuthExpired,
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    RateLimited,
    TargetGone,
    Transient,
)
from channels_app.connectors.youtube import YouTube
from lifecycle import clock
from tests.networks.pretend import Answer, playing
from tests.networks.youtube_pretend import (
    BEGAN,
    KEY,
    REFRESH,
    SEOUL,
    VIDEO,
    YouTubePretend,
    below,
    channel,
    refusal,
)


@pytest.fixture
def youtube() -> Iterator[YouTubePretend]:
    network = YouTubePretend()
    with playing(network):
        yield network


@pytest.fixture
def seoul(youtube: YouTubePretend) -> YouTube:
    return channel(youtube)


def test_an_answer_stands_below_the_thread_of_what_it_answers(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    thread = youtube.say("하나")
    reply = youtube.say("둘", below=thread)

    sent = seoul.hand_over(below(reply))

    (name,) = sent.external_ids
    assert youtube.replies[thread][-1]["id"] == name
    assert sent.permalink == f"https://www.youtube.com/watch?v={VIDEO}&lc={name}"
    assert sent.ref == {"comment": name, "parent": thread, "video": VIDEO}


def test_a_lost_answer_is_there_once(youtube: YouTubePretend, seoul: YouTube) -> None:
    thread = youtube.say("하나")
    seoul.verify()
    youtube.cuts = True
    with pytest.raises(OutcomeUnknown):
        seoul.hand_over(below(thread))
    youtube.cuts = False

    sent = seoul.hand_over(below(thread), again=True)

    assert sent.duplicate
    assert [one["id"] for one in youtube.replies[thread]] == list(sent.external_ids)


def test_the_same_words_of_an_earlier_answer_are_not_taken_for_it(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    thread = youtube.say("하나")
    seoul.hand_over(below(thread))
    later = below(thread, created_at=BEGAN + timedelta(hours=1))

    sent = seoul.hand_over(later, again=True)

    assert not sent.duplicate
    assert len(youtube.replies[thread]) == 2


def test_words_of_others_are_never_taken_for_ours(youtube: YouTubePretend, seoul: YouTube) -> None:
    thread = youtube.say("하나")
    youtube.say("고쳤습니다.", below=thread)

    assert seoul.reconcile(below(thread)) is None


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"text": "가" * 10_001}, ContentRejected),
        ({"reply_to": {}}, Forbidden),
        ({"visibility": "private"}, Forbidden),
    ],
    ids=["too long", "below nothing", "for one person"],
)
def test_what_may_not_stand_there_never_leaves(
    youtube: YouTubePretend, seoul: YouTube, told: Any, error: type[Exception]
) -> None:
    thread = youtube.say("하나")

    with pytest.raises(error):
        seoul.hand_over(below(thread, **told))

    assert not youtube.asked


def test_a_comment_that_was_removed_takes_no_answer(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    thread = youtube.say("하나")
    youtube.forget(thread)

    with pytest.raises(TargetGone):
        seoul.hand_over(below(thread))


@pytest.mark.parametrize(
    ("why", "error"),
    [
        ("parentCommentNotFound 404", TargetGone),
        ("commentsDisabled 403", TargetGone),
        ("forbidden 403", Forbidden),
        ("ineligibleAccount 403", Forbidden),
        ("insufficientPermissions 403", Forbidden),
        ("commentTextTooLong 400", ContentRejected),
        ("invalidCommentMetadata 400", ContentRejected),
        ("authenticatedUserAccountSuspended 403", AuthExpired),
        ("backendError 500", OutcomeUnknown),
    ],
)
def test_each_refusal_asks_for_its_own(
    youtube: YouTubePretend, seoul: YouTube, why: str, error: type[Exception]
) -> None:
    thread = youtube.say("하나")
    youtube.refusals["POST /comments"] = why

    with pytest.raises(error):
        seoul.hand_over(below(thread))


def test_our_words_are_changed_and_taken_back(youtube: YouTubePretend, seoul: YouTube) -> None:
    thread = youtube.say("하나")
    (name,) = seoul.hand_over(below(thread)).external_ids

    seoul.edit(name, below(thread, "다시 고쳤습니다."))
    changed = youtube.named(name)
    seoul.delete(name)
    seoul.delete(name)

    assert changed is not None
    assert changed["snippet"]["textOriginal"] == "다시 고쳤습니다."
    assert youtube.replies[thread] == []


def test_a_failure_while_taking_back_is_tried_again(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    youtube.refusals["DELETE /comments"] = "processingFailure 400"

    with pytest.raises(Transient):
        seoul.delete(youtube.say("하나"))


@pytest.mark.parametrize("spoils", [False, True])
def test_what_its_authors_removed_is_seen(
    youtube: YouTubePretend, seoul: YouTube, spoils: bool
) -> None:
    youtube.spoils = spoils
    said = [youtube.say(str(n)) for n in range(120)]
    gone = {said[0], said[60], said[119]}
    for name in gone:
        youtube.forget(name)

    assert seoul.gone_among([*said, "chat/LCC.1"]) == gone


def test_how_many_like_it_is_counted(youtube: YouTubePretend, seoul: YouTube) -> None:
    name = youtube.say("하나")
    youtube.threads[name]["snippet"]["likeCount"] = 3

    assert seoul.counts_of([name, "chat/LCC.1"]) == {name: {"likes": 3}}
    assert seoul.counts_of([]) == {}


def test_who_we_are(seoul: YouTube) -> None:
    assert seoul.about() == About(own_id=SEOUL, handle="@seoul", followers=120_000)


def test_a_token_is_kept_and_used_again(youtube: YouTubePretend) -> None:
    kept: list[str] = []
    channel(youtube, keep=kept.append).verify()

    channel(youtube, session=kept[0]).verify()

    assert len(kept) == len(youtube.tokens) == 1


def test_a_token_whose_hour_is_over_is_asked_for_anew(youtube: YouTubePretend) -> None:
    kept: list[str] = []
    with clock.at(datetime(2026, 11, 30, 9, tzinfo=UTC)):
        channel(youtube, keep=kept.append).verify()

    with clock.at(datetime(2026, 11, 30, 10, tzinfo=UTC)):
        channel(youtube, keep=kept.append, session=kept[0]).verify()

    assert len(set(kept)) == 2


@pytest.mark.parametrize("session", ["no", "[]", '{"token": "x", "until": 9e9}'])
def test_a_session_that_is_no_longer_good_is_asked_for_anew(
    youtube: YouTubePretend, session: str
) -> None:
    channel(youtube, session=session).verify()

    assert len(youtube.tokens) == 1


@pytest.mark.parametrize("told", [{"refresh": "taken back"}, {"client_secret": "wrong"}])
def test_a_refused_sign_in_is_known_whatever_is_asked(youtube: YouTubePretend, told: Any) -> None:
    stranger, thread = channel(youtube, **told), youtube.say("하나")

    for ask in (
        stranger.verify,
        lambda: stranger.fetch(""),
        lambda: stranger.hand_over(below(thread)),
    ):
        with pytest.raises(AuthExpired):
            ask()


def test_a_sign_in_of_another_channel_is_refused(youtube: YouTubePretend) -> None:
    with pytest.raises(AuthExpired):
        channel(youtube, own_id="UCbusan").verify()


def test_a_token_that_is_refused_even_when_new_is_a_refused_sign_in(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    seoul.verify()
    youtube.next_answers = [
        refusal(401, "authError"),
        Answer(200, {"access_token": "x", "expires_in": 3599}),
        refusal(401, "authError"),
    ]

    with pytest.raises(AuthExpired):
        seoul.verify()


@pytest.mark.parametrize("told", [Answer(500, {}), Answer(400, {}), Answer(200, b"ok")])
def test_a_door_that_is_ill_is_asked_later(
    youtube: YouTubePretend, seoul: YouTube, told: Answer
) -> None:
    youtube.next_answers = [told]

    with pytest.raises(Transient):
        seoul.verify()


def test_a_lost_token_does_no_harm(youtube: YouTubePretend, seoul: YouTube) -> None:
    youtube.cuts = True

    with pytest.raises(Transient):
        seoul.hand_over(below("Ugx1"))


def test_no_secret_is_shown(seoul: YouTube) -> None:
    assert KEY not in repr(seoul)
    assert REFRESH not in repr(seoul)


@pytest.mark.parametrize(
    ("now", "wait"),
    [
        (datetime(2026, 11, 30, 20, tzinfo=UTC), 12 * 3600),  # noon in winter
        (datetime(2026, 7, 1, 19, tzinfo=UTC), 12 * 3600),  # noon in summer
        (datetime(2026, 11, 1, 8, tzinfo=UTC), 24 * 3600),  # the day that has 25 hours
    ],
)
def test_when_the_day_is_used_up_it_is_midnight_in_california(
    youtube: YouTubePretend, seoul: YouTube, now: datetime, wait: float
) -> None:
    youtube.refusals["GET /commentThreads"] = "quotaExceeded 403"

    with clock.at(now), pytest.raises(RateLimited) as limited:
        seoul.fetch("")

    assert limited.value.retry_after == wait


@pytest.mark.parametrize(("headers", "wait"), [({"Retry-After": "7"}, 7.0), ({}, 300.0)])
@pytest.mark.parametrize("status", [403, 429])
def test_too_many_questions_wait(
    youtube: YouTubePretend,
    seoul: YouTube,
    headers: dict[str, str],
    wait: float,
    status: int,
) -> None:
    seoul.verify()
    youtube.next_answers = [replace(refusal(status, "rateLimitExceeded"), headers=headers)]

    with pytest.raises(RateLimited) as limited:
        seoul.hand_over(below("Ugx1"))

    assert limited.value.retry_after == wait


@pytest.mark.parametrize("why", ["backendError 500", "processingFailure 400"])
def test_a_network_that_is_ill_is_asked_later(
    youtube: YouTubePretend, seoul: YouTube, why: str
) -> None:
    youtube.refusals["GET /commentThreads"] = why

    with pytest.raises(Transient):
        seoul.fetch("")


def test_a_network_that_is_away_is_transient(youtube: YouTubePretend) -> None:
    nowhere = {"base": "http://127.0.0.1:1", "allow": frozenset({"127.0.0.1:1"})}
    away = channel(youtube, sign_in="http://127.0.0.1:1", **nowhere)
    asks: list[Callable[[], object]] = [
        away.verify,
        lambda: away.fetch(""),
        lambda: away.hand_over(below("Ugx1")),
    ]

    for ask in asks:
        with pytest.raises(Transient):
            ask()
