"""Two matters in one voice: the second one is a message of its own, the first stays as it is."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_app import actions, letters
from channels_app.models import Delivery, DeliveryEvent, Message, SetAsideReason
from channels_app.splitting import family_of, is_from
from channels_app.states import DeliveryState, MessageStatus
from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import User
from tests.channels_app.factories import receive, routed_to
from tests.ledger import check_ledger
from tests.pages import promises, visits
from tests.pages.html import read
from tests.people import factories as people

pytestmark = pytest.mark.django_db
FIRST, SECOND = "보도블록이 들려 있어요.", "그리고 가로등이 꺼져 있어요."
BOTH = f"{FIRST}\n{SECOND}"
KEPT = ("text", "masked_text", "status", "office_id", "due_at", "first_due_at", "moves", "kind")
SHARED = ("contact_id", "language", "channel", "wants_public", "publication", "place", "borough_id")


def two_matters(**said: Any) -> Message:
    """With the office in charge."""
    return routed_to(visits.office(), text=BOTH, contact=visits.MINA, **said)


def jun() -> User:
    """Of the office in charge."""
    return people.officer_of(visits.office())


def split(message: Message, text: str = SECOND, **more: Any) -> Message:
    """The street lamp is a matter of its own."""
    return actions.split(message, text=text, kind="hazard", by=jun(), **more)


def test_the_second_matter_has_a_number_a_clock_and_a_step() -> None:
    message = two_matters(place="합정역 8번 출구", position=(37.55, 126.91))

    made = split(message)

    assert made.code != message.code
    assert (made.text, made.kind, made.status) == (SECOND, "hazard", MessageStatus.RECEIVED)
    assert (made.split_from, made.summed_up) == (message, False)
    assert made.received_at > message.received_at
    assert made.office is not None
    assert made.office.is_centre
    step = Message.objects.get(pk=message.pk).steps.get(seq=message.version + 1)
    assert (step.cause, str(step.note)) == ("split", made.code)
    check_ledger(settled=False)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    first=st.text(alphabet="가나다라 .\n", min_size=1, max_size=40).filter(str.strip),
    second=st.text(alphabet="마바사아 .\n", min_size=1, max_size=40).filter(
        lambda text: bool(text.strip(" .\n"))
    ),
    private=st.booleans(),
    at_work=st.booleans(),
)
def test_whatever_is_split_off_the_first_keeps_words_contact_and_clock(
    db: None, first: str, second: str, private: bool, at_work: bool
) -> None:
    message = routed_to(
        visits.office(), text=f"{first}\n{second}", contact=visits.MINA, public=not private
    )
    if at_work:
        day = clock.seoul(clock.now() + timedelta(days=30)).date()
        actions.promise(message, text="고칩니다", finish_on=day, by=jun())
    before = Message.objects.get(pk=message.pk)

    made = split(before, second)

    after = Message.objects.get(pk=message.pk)
    assert [getattr(after, name) for name in KEPT] == [getattr(before, name) for name in KEPT]
    made = Message.objects.get(pk=made.pk)
    assert [getattr(made, name) for name in SHARED] == [getattr(before, name) for name in SHARED]
    assert made.nonce != before.nonce
    assert not made.summed_up


def test_a_summary_says_that_it_is_one() -> None:
    made = split(two_matters(), "가로등 고장 신고")

    assert made.summed_up


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SECOND, True),
        (f"  {FIRST}  ", True),
        ("보도블록이\n가로등이", True),
        ("가로등이\n보도블록이", False),
        ("가로등이 켜져", False),
        ("", False),
    ],
)
def test_words_count_as_the_authors_line_by_line(text: str, expected: bool) -> None:
    assert is_from(text, BOTH) is expected


def test_only_the_office_in_charge_and_the_centre_split() -> None:
    message = two_matters()
    sora = people.officer_of(people.make_office("another"))

    with pytest.raises(PermissionDenied):
        actions.split(message, text=SECOND, kind="hazard", by=sora)
    actions.split(message, text=SECOND, kind="hazard", by=people.centre_officer())

    assert Message.objects.filter(split_from=message).count() == 1


@pytest.mark.parametrize("make", [visits.answered, visits.set_aside, visits.hidden])
def test_what_is_not_in_hand_or_undecided_is_not_split(make: Any) -> None:
    message = make()

    with pytest.raises(WrongTurnError):
        actions.split(message, text=SECOND, kind="hazard", by=people.centre_officer())


def test_a_page_that_is_old_splits_nothing() -> None:
    message = two_matters()

    with pytest.raises(OvertakenError):
        split(message, version=message.version - 1)
    with pytest.raises(ValueError, match="words"):
        split(message, " ")

    assert not Message.objects.filter(split_from=message).exists()


def test_its_author_hears_of_it_in_one_mail_with_the_new_link() -> None:
    message = two_matters(language="en")
    made = split(message)
    delivery = Delivery.objects.get(event=DeliveryEvent.SPLIT)
    actions.confirm_contact(delivery.recipient)
    delivery.recipient.refresh_from_db()

    mail = letters.compose(delivery)

    assert mail.subject == f"[{made.code}] Your second matter has a number of its own"
    assert message.code in mail.body
    assert SECOND in mail.body
    assert FIRST not in mail.body
    assert made.private_url() in mail.body
    actions.tell_news([message.pk, made.pk])
    assert Delivery.objects.filter(message=made).count() == 1
    assert not Delivery.objects.filter(message=message, step__cause="split").exists()


def test_an_unconfirmed_address_gets_the_link_only() -> None:
    made = split(two_matters(language="en"))

    mail = letters.compose(Delivery.objects.get(event=DeliveryEvent.SPLIT))

    assert SECOND not in mail.body + mail.subject
    assert made.token not in mail.body
    assert visits.mail_link(made) in mail.body


def test_the_korean_mail_is_korean() -> None:
    split(two_matters(language="ko"))

    mail = letters.compose(Delivery.objects.get(event=DeliveryEvent.SPLIT))

    assert "번호" in mail.subject
    assert "second" not in mail.subject + mail.body


def test_within_seconds_it_is_one_matter_again_and_nobody_hears_of_it() -> None:
    message = two_matters()
    made = split(message)
    assert made not in Message.objects.waiting_to_be_routed()

    actions.put_together(made, by=jun())

    made = Message.objects.get(pk=made.pk)
    assert (made.status, made.set_aside_reason) == ("set_aside", SetAsideReason.SPLIT)
    assert Delivery.objects.get(event=DeliveryEvent.SPLIT).state == DeliveryState.CANCELLED
    actions.tell_news([made.pk, message.pk])
    assert Delivery.objects.filter(message=made).count() == 1
    assert not family_of(message)
    check_ledger(settled=False)


def test_after_the_seconds_it_is_routed_and_stays() -> None:
    made = split(two_matters())

    with clock.at(made.may_be_put_together_until + timedelta(seconds=1)):
        assert made in Message.objects.waiting_to_be_routed()
        with pytest.raises(WrongTurnError):
            actions.put_together(made, by=jun())


def test_what_somebody_has_touched_is_not_put_together() -> None:
    made = split(two_matters())
    actions.route(made, to=visits.office(), by=people.centre_officer())

    with pytest.raises(WrongTurnError):
        actions.put_together(made, by=jun())


def test_strangers_put_nothing_together() -> None:
    made = split(two_matters())

    with pytest.raises(PermissionDenied):
        actions.put_together(made, by=people.officer_of(people.make_office("another")))
    with pytest.raises(WrongTurnError):
        actions.put_together(receive(), by=people.centre_officer())


def test_both_pages_lead_to_each_other_and_the_public_one_only_where_public(
    client: Client,
) -> None:
    message = two_matters()
    made = split(message)
    private = routed_to(visits.office(), text=BOTH, public=False)
    hidden = split(private)

    public = client.get(visits.english(message.get_absolute_url())).content.decode()
    own = client.get(visits.english(private.private_url())).content.decode()

    assert made.get_absolute_url() in public
    assert made.token not in public
    assert hidden.private_url() in own
    actions.hide(made, reason="personal", by=people.centre_officer())
    again = client.get(visits.english(message.get_absolute_url())).content.decode()
    assert made.code not in again


def test_its_own_page_says_where_it_comes_from(client: Client) -> None:
    message = promises.asked_back()
    made = actions.split(message, text="자전거 이야기", kind="idea", by=jun())

    page = client.get(visits.english(made.private_url()))

    words = read(page.content.decode()).one("main").text
    assert f"Split off from {message.code}" in words
    assert "summed these words up" in words
