"""A mail on a real server is routed, answered at the desk, and threads in the sender's mailbox."""

import uuid
from functools import partial

import pytest

from channels_app.models import Account, InboundEvent, Message
from people.models import Office
from tests.desk.doors import press
from tests.faults import city
from tests.faults.house import House, until
from tests.faults.smtp import counting
from tests.ledger import check_ledger
from tests.mail_in.boxes import mailbox
from tests.mail_in.letters import MINA, raw
from tests.mail_in.servers import imap_server
from tests.people import factories as people

pytestmark = pytest.mark.slow


@pytest.fixture
def roads(house: House) -> Office:
    return city.build_city()


def test_from_a_mailbox_to_the_conversation_of_its_sender(house: House, roads: Office) -> None:
    desk = people.signed_in_client(people.officer_of(roads))
    city.confirmed(MINA)
    with imap_server() as server, counting() as (outside, port):
        account = mailbox(port=server.port)
        house.mail_port = port
        house.valkey.start()
        house.start_worker()
        server.put(raw(f"{city.DECIDING}이 들썩해요.", message_id="<first@example.org>"))

        until(lambda: Message.objects.filter(status="routed").exists(), within=240)
        until(lambda: outside.kept, within=240)
        message = Message.objects.get()
        assert message.office == roads
        seen = press(desk, message, "answer", act="preview", kind="done", answer="고쳤습니다.")
        sent = press(desk, message, "answer", act="send", kind="done", answer=seen.context["text"])
        assert sent.status_code == 302
        until(lambda: any("고쳤습니다." in mail.get_content() for mail in outside.kept), within=240)

        receipt, answer = outside.kept[0], outside.kept[-1]
        assert receipt["In-Reply-To"] == "<first@example.org>"
        assert answer["References"].split()[0] == "<first@example.org>"
        assert answer["In-Reply-To"] in answer["References"]
        assert answer["Subject"] == "Re: 보도블록이 들려 있어요"
        assert "고쳤습니다." in answer.get_content()

        server.put(raw("또 들썩해요.", message_id="<second@example.org>",
                       In_Reply_To=answer["Message-ID"]))  # fmt: skip
        Account.objects.update(next_at=account.next_at)  # nobody waits a minute for the next look
        until(lambda: InboundEvent.objects.filter(message__isnull=False).count() == 2, within=240)
    assert Message.objects.count() == 2
    check_ledger(receipts=list(Message.objects.values_list("code", flat=True)), settled=False)


def more_than(number: int) -> bool:
    """So many have come in."""
    return InboundEvent.objects.count() > number


def test_a_worker_killed_while_mail_comes_in_loses_and_doubles_none(
    house: House, roads: Office
) -> None:
    with imap_server() as server:
        account: Account = mailbox(port=server.port)
        house.valkey.start()
        worker = house.start_worker()
        sent = [f"<{uuid.uuid4()}@example.org>" for _n in range(60)]
        for start in range(0, 60, 15):
            server.put(
                *(
                    raw(f"{name} {city.DECIDING}", message_id=name, sender=f"n{at}@example.org")
                    for at, name in enumerate(sent[start : start + 15], start)
                )
            )
            Account.objects.filter(pk=account.pk).update(next_at=account.next_at)
            until(partial(more_than, start), within=240)
            house.kill(worker)
            Account.objects.update(lease_until=None)  # the lease of the dead is not waited for
            InboundEvent.objects.filter(state="new").update(try_at=account.next_at)
            worker = house.start_worker()
        until(lambda: Message.objects.count() == 60, within=240)
    codes = list(Message.objects.values_list("code", flat=True))
    assert len(codes) == 60
    assert InboundEvent.objects.count() == 60
    check_ledger(receipts=codes, settled=False)
