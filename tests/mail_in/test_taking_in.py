"""What a mail becomes: a voice, more words of one, a machine's, or something for a person."""

import base64
from email.policy import SMTP
from pathlib import Path

import pytest

from channels_app import actions, letters, media, reading_apart, tasks
from channels_app.models import (
    Account,
    Contact,
    Delivery,
    InboundEvent,
    KeptBecause,
    Message,
    Publication,
)
from channels_app.states import DeliveryState, InboundState
from lifecycle import clock
from people.models import Office
from tests.faults.city import build_city, confirmed, publish_answer
from tests.mail_in.boxes import arrive, mailbox, taken
from tests.mail_in.letters import MINA, WORDS, bounce, mail, raw
from tests.operations import portal
from tests.people import factories as people
from tests.poison import TAR, slow_child

pytestmark = pytest.mark.django_db


@pytest.fixture
def roads() -> Office:
    return build_city()


@pytest.fixture
def box(roads: Office) -> Account:
    return mailbox()


def sent(delivery: Delivery) -> str:
    """It has left; its Message-ID without the brackets."""
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.SENT, sent_at=clock.now())
    return letters.message_id(delivery).strip("<>")


def voice(box: Account, text: str = WORDS, **said: str) -> Message:
    message = taken(box, raw(text, **said)).message
    assert message is not None
    return message


def test_a_mail_is_a_voice_with_an_owner_a_date_and_a_receipt(box: Account) -> None:
    event = taken(box, raw())

    message = Message.objects.get()
    assert event.state == InboundState.TAKEN
    assert event.message == message
    assert message.text == f"보도블록이 들려 있어요\n\n{WORDS}"
    assert (message.channel, message.publication) == ("mail", Publication.PRIVATE)
    assert message.office == people.centre()
    assert message.due_at is not None
    assert message.contact == Contact.objects.reached_by("mail", MINA)
    assert Delivery.objects.get().event == "receipt"


def test_the_same_mail_again_changes_nothing(box: Account) -> None:
    same = raw(message_id="<one@example.org>")

    arrive(box, same)
    arrive(box, same, same)

    assert Message.objects.count() == 1
    assert InboundEvent.objects.count() == 1
    assert len(list(media.path_of(media.INBOUND).iterdir())) >= 1


def test_two_mails_under_one_id_are_two(box: Account) -> None:
    arrive(
        box,
        raw("가로등이 꺼졌어요.", message_id="<one@example.org>"),
        raw("물이 새요.", message_id="<one@example.org>"),
        raw("나무가 쓰러졌어요.", message_id=""),
        raw("길이 파였어요.", message_id=""),
    )

    assert Message.objects.count() == 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"sender": MINA}, {"sender": "sora@example.org"}),
        ({"text": "", "subject": "가로등이 꺼졌어요"}, {"text": "", "subject": "물이 새요"}),
        ({"Date": "Sun, 29 Nov 2026 10:00:00 +0900"}, {"Date": "Mon, 30 Nov 2026 10:00:00 +0900"}),
    ],
    ids=["two people", "words in the subject", "two days"],
)
def test_without_an_id_two_voices_are_two_and_a_copy_is_none(
    one: dict[str, str], other: dict[str, str], box: Account
) -> None:
    mails = [raw(**{"message_id": "", **said}) for said in (one, other)]

    arrive(box, *mails)
    arrive(box, *mails, mails[0].replace(b"\n", b"\r\n"))

    assert InboundEvent.objects.count() == 2
    assert Message.objects.count() == 2
    assert {event.ref["id"] for event in InboundEvent.objects.all()} == {""}


def test_an_answer_to_our_mail_goes_on_with_the_message(box: Account) -> None:
    message = voice(box)
    ours = sent(message.deliveries.get())
    answer = f"사진을 더 보낼게요.\n\n{MINA} 님이 작성:\n> 접수했습니다.\n"

    event = taken(box, raw(answer, In_Reply_To=f"<{ours}>"))

    assert event.message == message
    assert [added.text for added in message.additions.all()] == ["사진을 더 보낼게요."]
    message.refresh_from_db()
    assert message.has_new_words
    assert Message.objects.count() == 1


def test_an_answer_is_no_longer_than_a_message_may_be(box: Account) -> None:
    message = voice(box, message_id="<one@example.org>")

    taken(box, raw("가나다라마바사 " * 2000, References="<one@example.org>"))

    assert len(message.additions.get().text) == 5000


def test_an_answer_to_ones_own_mail_goes_on_too(box: Account) -> None:
    message = voice(box, message_id="<one@example.org>")

    event = taken(box, raw("하나 더요.", References="<zero@example.org> <one@example.org>"))

    assert event.message == message


def test_words_of_somebody_else_never_join(box: Account) -> None:
    message = voice(box, message_id="<one@example.org>")
    ours = sent(message.deliveries.get())

    event = taken(
        box,
        raw("저도요.", sender="sora@example.org", In_Reply_To=f"<{ours}>",
            References="<one@example.org>"),
    )  # fmt: skip

    assert event.message != message
    assert not message.additions.exists()


def test_what_the_office_asked_is_answered_by_mail(box: Account, roads: Office) -> None:
    message, jun = voice(box), people.officer_of(roads)
    message = actions.route(message, to=roads, by=people.centre_officer())
    actions.ask_back(message, text="몇 번 출구인가요?", by=jun)
    asked = Delivery.objects.filter(message=message).order_by("pk").last()
    assert asked is not None

    taken(box, raw("8번이요.", In_Reply_To=f"<{sent(asked)}>"))

    message.refresh_from_db()
    assert not message.is_waiting_for_author


def test_what_comes_after_the_answer_is_a_voice_of_its_own(box: Account, roads: Office) -> None:
    message = publish_answer(voice(box), by=people.officer_of(roads))
    answer = Delivery.objects.get(message=message, event="answer")

    event = taken(box, raw("아직도 들려 있어요.", In_Reply_To=f"<{sent(answer)}>"))

    assert event.message is not None
    assert event.message != message
    assert message.code in event.message.steps.get().note.text


def test_the_answer_stands_in_the_conversation_of_the_sender(box: Account, roads: Office) -> None:
    confirmed(MINA)
    message = voice(box, message_id="<one@example.org>", subject="Re: 보도블록")
    receipt = sent(message.deliveries.get())
    message = publish_answer(message, by=people.officer_of(roads))

    letter = letters.compose(Delivery.objects.get(message=message, event="answer")).as_message()

    assert letter["Subject"] == "Re: 보도블록"
    assert letter["References"] == f"<one@example.org> <{receipt}>"
    assert letter["In-Reply-To"] == f"<{receipt}>"
    assert letter["Reply-To"] == box.handle
    assert letter.get_content().startswith("── ✂")


def test_an_address_nobody_confirmed_reads_no_word_of_the_mail(box: Account) -> None:
    message = voice(box, message_id="<one@example.org>", subject="비밀스러운 제목")

    letter = letters.compose(message.deliveries.get()).as_message()

    assert "비밀" not in letter.as_string()
    assert "비밀" not in letter["Subject"]
    assert letter["In-Reply-To"] == "<one@example.org>"


def test_whom_our_mail_server_vouches_for_is_confirmed(box: Account) -> None:
    Account.objects.update(vouched_by="mx.seoul.example")
    vouched = "mx.seoul.example; dkim=pass; dmarc=pass (p=reject) header.from=example.org"

    message = voice(box, Authentication_Results=vouched)

    assert message.contact is not None
    assert message.contact.is_confirmed


@pytest.mark.parametrize(
    "told",
    [
        "mx.evil.example; dmarc=pass header.from=example.org",
        "mx.seoul.example; dmarc=fail header.from=example.org",
        "mx.seoul.example; dmarc=pass header.from=evil.example",
        "mx.seoul.example (dmarc=pass header.from=example.org); dkim=pass",
        "; dmarc=pass header.from=example.org",
    ],
)
def test_nobody_else_vouches_for_a_sender(told: str, box: Account) -> None:
    Account.objects.update(vouched_by="mx.seoul.example")

    message = voice(box, Authentication_Results=told)

    assert message.contact is not None
    assert not message.contact.is_confirmed


def test_a_bounce_takes_back_that_it_arrived(box: Account, roads: Office) -> None:
    confirmed(MINA)
    message = publish_answer(voice(box), by=people.officer_of(roads))
    answer = Delivery.objects.get(message=message, event="answer")

    event = taken(box, bounce(sent(answer)))

    answer.refresh_from_db()
    assert (event.state, event.why) == (InboundState.AUTOMATIC, KeptBecause.BOUNCE)
    assert (answer.state, answer.why) == (DeliveryState.FAILED, "came back 5.1.1")
    assert Message.objects.get(pk=message.pk).is_undelivered


def test_a_delay_changes_nothing(box: Account) -> None:
    receipt = voice(box).deliveries.get()

    taken(box, bounce(sent(receipt), status="4.4.7"))

    receipt.refresh_from_db()
    assert receipt.state == DeliveryState.SENT


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Auto_Submitted": "auto-replied"}, KeptBecause.ANSWER),
        ({"List_Id": "<news.example.org>"}, KeptBecause.LIST),
        ({"X_Seoul_Listens": "1"}, KeptBecause.LOOP),
    ],
)
def test_what_machines_write_is_no_voice_until_an_officer_says_so(
    headers: dict[str, str], why: str, box: Account
) -> None:
    event = taken(box, raw(**headers))
    assert (event.state, event.why, event.message) == (InboundState.AUTOMATIC, why, None)

    actions.want_event(event, by=people.centre_officer())
    tasks.take_in_events()

    event.refresh_from_db()
    assert event.state == InboundState.TAKEN


def test_what_comes_from_ourselves_is_no_voice(box: Account) -> None:
    assert taken(box, raw(sender=box.handle)).why == KeptBecause.LOOP


def test_a_mail_without_sender_waits_for_a_person(box: Account) -> None:
    event = taken(box, raw(sender="Mina"))
    assert (event.state, event.why) == (InboundState.KEPT, KeptBecause.NO_SENDER)

    actions.want_event(event, by=people.centre_officer())
    tasks.take_in_events()

    message = Message.objects.get()
    assert message.contact is None
    assert WORDS in message.text


def test_a_mail_that_fails_its_reader_lies_with_a_person_and_stops_no_other(box: Account) -> None:
    (bad,) = arrive(box, raw(message_id="<bad@example.org>"), take_in=False)
    media.remove(media.inbound_of(bad.key))  # its bytes are lost

    arrive(box, raw("다른 말씀입니다.", message_id="<good@example.org>"))
    for _n in range(3):
        InboundEvent.objects.filter(pk=bad.pk).update(try_at=clock.now())
        tasks.take_in_events()

    bad.refresh_from_db()
    assert (bad.state, bad.why, bad.tries) == (InboundState.KEPT, KeptBecause.UNREAD, 3)
    assert Message.objects.count() == 1


def test_a_mail_that_takes_its_reader_too_long_lies_with_a_person_and_stops_no_other(
    box: Account, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(reading_apart, "CHILD", slow_child(tmp_path, reading_apart.CHILD))
    monkeypatch.setattr(reading_apart, "PATIENCE", 2.0)
    slow, neighbour = arrive(box, raw(X_Slow=TAR.decode()), raw("다른 말씀입니다."), take_in=False)

    for _n in range(3):
        InboundEvent.objects.filter(state="new").update(try_at=clock.now())
        tasks.take_in_events()

    slow.refresh_from_db()
    neighbour.refresh_from_db()
    assert (slow.state, slow.why, slow.tries) == (InboundState.KEPT, KeptBecause.UNREAD, 3)
    assert neighbour.state == InboundState.TAKEN
    assert "we tried three times" in portal.opened_by(people.administrator(), "/en" + portal.PAGE)


def test_what_kills_its_reader_three_times_is_not_read_a_fourth_time(box: Account) -> None:
    (event,) = arrive(box, raw(), take_in=False)
    InboundEvent.objects.filter(pk=event.pk).update(tries=3)

    tasks.take_in_events()

    event.refresh_from_db()
    assert (event.state, event.why) == (InboundState.KEPT, KeptBecause.UNREAD)


def test_what_nobody_can_read_becomes_a_message_by_an_officers_wish(box: Account) -> None:
    (event,) = arrive(box, raw(), take_in=False)
    InboundEvent.objects.filter(pk=event.pk).update(tries=3)
    tasks.take_in_events()
    event.refresh_from_db()
    media.remove(media.inbound_of(event.key))

    actions.want_event(event, by=people.centre_officer())
    for _n in range(3):
        InboundEvent.objects.filter(pk=event.pk).update(try_at=clock.now())
        tasks.take_in_events()

    event.refresh_from_db()
    assert event.state == InboundState.TAKEN
    assert event.message is not None
    assert event.message.contact is None


def test_a_very_long_mail_is_cut_and_says_so(box: Account) -> None:
    message = voice(box, "가나다라마바사 " * 2000)

    assert len(message.text) == 5000
    assert message.text.endswith("…")
    assert message.steps.get().note.text


def test_a_thousand_readers_and_a_subject_over_lines_are_one_voice(box: Account) -> None:
    letter = mail()
    del letter["To"], letter["Subject"]
    head = "To: " + ",\r\n ".join(f"n{number}@example.org" for number in range(1000))
    injected = base64.b64encode("제목\r\nBcc: sora@example.org".encode()).decode()
    head += f"\r\nSubject: =?utf-8?b?{injected}?="
    confirmed(MINA)

    message = taken(box, f"{head}\r\n".encode() + letter.as_bytes(policy=SMTP)).message
    assert message is not None
    mailed = letters.compose(message.deliveries.get()).as_message()

    assert message.deliveries.count() == 1
    assert mailed["Subject"] == "Re: 제목 Bcc: sora@example.org"
    assert mailed["Bcc"] is None
    assert "n1@example.org" not in mailed.as_string()


def test_the_same_words_again_and_again_are_held() -> None:
    people.centre()
    box = mailbox()
    letters_of_one = [raw(message_id=f"<{number}@example.org>") for number in range(40)]

    arrive(box, *letters_of_one)

    assert Message.objects.count() == 40
    assert Message.objects.filter(publication=Publication.HELD).exists()
