"""Who may read it: the sender's choice, an officer's key, a reader's report."""

import pytest
from django.core.exceptions import PermissionDenied

from channels_app import actions
from channels_app.models import HiddenReason, Message, Publication
from lifecycle.errors import WrongTurnError
from people.models import Office
from tests.channels_app.factories import receive, routed_to
from tests.people import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return people.make_office("roads-of-the-test")


def test_a_report_hides_at_once_and_sets_a_date_to_decide() -> None:
    message = actions.report(receive(), words="이름이 나와요 010-1234-5678")

    assert message.publication == Publication.HIDDEN
    assert message.hidden_reason == HiddenReason.REPORTED
    assert message.publication_due_at is not None
    change = message.publication_changes.get()
    assert change.by is None
    assert "-1234" not in change.words
    assert not Message.objects.public().exists()


def test_an_officer_decides_and_a_second_report_only_asks_for_another_look() -> None:
    message = actions.report(receive())

    message = actions.show(message, by=people.centre_officer())
    assert message.publication == Publication.PUBLIC
    assert message.publication_due_at is None

    message = actions.report(message)
    assert message.publication == Publication.PUBLIC
    assert message.publication_due_at is not None


def test_hiding_names_its_reason(office: Office) -> None:
    jun = people.officer_of(office)

    message = actions.hide(routed_to(office), reason=HiddenReason.PERSONAL, by=jun)

    assert message.get_hidden_reason_display()
    with pytest.raises(ValueError, match="taste"):
        actions.hide(message, reason="taste", by=jun)


def test_what_was_sent_to_the_office_only_is_never_shown() -> None:
    message = receive(public=False)

    with pytest.raises(WrongTurnError):
        actions.show(message, by=people.centre_officer())
    with pytest.raises(WrongTurnError):
        actions.hide(message, reason=HiddenReason.ABUSE, by=people.centre_officer())
    assert actions.report(message).publication == Publication.PRIVATE


def test_another_office_neither_shows_nor_hides(office: Office) -> None:
    sora = people.officer_of(people.make_office("parks-of-the-test"))
    message = routed_to(office)

    with pytest.raises(PermissionDenied):
        actions.hide(message, reason=HiddenReason.ABUSE, by=sora)


def test_setting_aside_has_a_reason_and_can_be_undone(office: Office) -> None:
    jun = people.officer_of(office)
    message = routed_to(office)
    promised = message.due_at

    message = actions.set_aside(message, reason="spam", by=jun, note="광고 링크만 있음")
    assert message.is_final
    assert message.get_set_aside_reason_display()

    message = actions.restore(message, by=jun)
    assert message.status == "received"
    assert message.office == people.centre()
    assert message.due_at == promised
    assert message.set_aside_reason == ""
