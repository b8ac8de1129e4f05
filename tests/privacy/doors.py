"""The same invented voices through the other doors, and what is said of them later."""

import json
from collections.abc import Sequence
from datetime import timedelta

from django.test import Client

from channels_app import actions, tasks
from channels_app.connectors.contract import Batch, Inbound
from channels_app.models import Account, Attachment, Message, Network, Reply
from lifecycle import clock
from mayors_office import tasks as counting
from people.models import OfficeKind, User
from tests.following import readers
from tests.mail_in import letters
from tests.mail_in.boxes import arrive, mailbox
from tests.people import factories as people
from tests.phone.calls import call, taken_in
from tests.phone.test_sheets import as_csv
from tests.photos.pictures import photo, upload
from tests.text.invented import Invented

EACH, PHOTOS = 50, 10
DOORS = 4
# Who writes by mail or on the phone says where the answer goes; nobody may read that either.
MAIL, PHONE = "mina-writes{}@example.org", "010-66{:02d}-{:04d}"
EVERY_CHANGE, ONCE_A_DAY = "sora-follows@example.org", "sora-reads-daily@example.org"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def come_in(voices: Sequence[Invented]) -> None:
    """By mail, in a feed, in a file, on the phone: so many through each door."""
    assert len(voices) == DOORS * EACH
    by_mail, in_feed, in_file, by_phone = (voices[n * EACH : (n + 1) * EACH] for n in range(DOORS))
    _by_mail(by_mail)
    _in_feed(in_feed)
    dasan = people.officer_of(people.make_office("dasan", OfficeKind.CALL_CENTRE))
    at_phone = people.signed_in_client(dasan)
    _in_file(at_phone, in_file)
    _by_phone(at_phone, by_phone)


def contacts() -> list[str]:
    """What those who came in so gave for an answer, and where followers are told."""
    mails = [MAIL.format(number) for number in range(EACH)]
    phones = [PHONE.format(number % 100, number) for number in range(2 * EACH)]
    return [*mails, *phones, EVERY_CHANGE, ONCE_A_DAY]


def _by_mail(voices: Sequence[Invented]) -> None:
    mails = [
        letters.raw(
            voice.text,
            sender=MAIL.format(number),
            subject=voice.text.replace("\n", " ")[:60],
            message_id=f"<{number}@example.org>",
        )
        for number, voice in enumerate(voices)
    ]
    arrive(mailbox(), *mails)


def _in_feed(voices: Sequence[Invented]) -> None:
    blog = Account.objects.create(
        network=Network.FEED, handle="A blog of the test", office=people.centre(),
        address="https://blog.invalid/", next_at=clock.now(),
    )  # fmt: skip
    posts = []
    for number, voice in enumerate(voices):
        link = f"https://blog.invalid/{number}"
        said = {"title": "길", "page": voice.text, "link": link, "author": "민아"}
        raw = json.dumps(said).encode()
        posts.append(Inbound("post", f"{number}", "1", raw, {"link": link}))
    actions.store(blog, Batch(tuple(posts), "1"), since="")
    tasks.take_in_events()


def _in_file(at_phone: Client, voices: Sequence[Invented]) -> None:
    rows = [
        (voice.text, voice.text[:60], "yes", PHONE.format(number % 100, number))
        for number, voice in enumerate(voices)
    ]
    sheet = taken_in(at_phone, as_csv(("text", "place", "public", "contact"), *rows))
    tasks.take_in_sheets()
    sheet.refresh_from_db()
    assert (len(sheet.taken), sheet.wrong) == (EACH, [])


def _by_phone(at_phone: Client, voices: Sequence[Invented]) -> None:
    for number, voice in enumerate(voices, EACH):
        contact = PHONE.format(number % 100, number)
        said = call(text=voice.text, audience="everyone", place=voice.text[:60], contact=contact)
        assert at_phone.post("/admin/phone/", {**said, "act": "look"}).status_code == 200
        assert at_phone.post("/admin/phone/", said).status_code == 302


def follow(messages: Sequence[Message]) -> None:
    """Somebody hears of every change of these, and somebody else once a day."""
    for message in messages:
        readers.follow(message, EVERY_CHANGE)
        daily = readers.follow(message, ONCE_A_DAY)
    assert daily.contact is not None
    actions.hear_daily(daily.contact)


def come_back(replies: Sequence[Reply], voices: Sequence[Invented], *, jun: User) -> None:
    """Under their links authors judge, are not content twice, and add; readers report."""
    author = Client()
    answered = [reply.message for reply in replies[:EACH]]
    for message, voice in zip(answered, voices, strict=False):
        _say(author, message, "rate", clear="no", heard="no", words=f"아닙니다. {voice.text}")
        _say(author, message, "reopen", text=f"아직입니다. {voice.text}", seen="1")
        message.refresh_from_db()
        again = actions.answer(message, text=f"다시 답합니다. {voice.text}", by=jun)
        with clock.at(again.leaves_at):
            actions.publish(again)
        with clock.at(again.leaves_at + MINUTE):
            _say(author, message, "appeal", text=f"못 받아들입니다. {voice.text}", seen="1")
    others = Message.objects.public().filter(status__in=("received", "routed"), round=0)
    others = others.order_by("-id")
    for message, voice in zip(others[: 2 * EACH], [*voices[:EACH]] * 2, strict=False):
        _say(author, message, "ask", text=f"더 씁니다. {voice.text}", seen="1")
    for message, voice in zip(others[:EACH], voices, strict=False):
        typed = {"words": f"이 글이 문제입니다. {voice.text}"[:500]}
        assert Client().post(f"{message.get_absolute_url()}report/", typed).status_code == 200


def _say(author: Client, message: Message, door: str, **typed: str) -> None:
    answer = author.post(message.private_url(f"case_{door}"), typed)
    assert answer.status_code == 302, f"{door} of {message}: {answer.status_code}"


def bring_photos(voices: Sequence[Invented]) -> None:
    """By the form, with what they show told in words; an officer shows them to everyone."""
    browser, centre = Client(), people.centre_officer()
    for number, voice in enumerate(voices[:PHOTOS]):
        text = f"사진 {number}번을 보세요."
        file = upload(photo((64, 48 + number)))
        page = browser.post("/say/check/", {"text": text, "photos": file})
        one = Attachment.objects.filter(message=None).first()
        assert one is not None, page.content.decode()
        typed = {
            "text": text, "kind": "complaint", "audience": "everyone", "contact": "",
            "client_key": str(one.draft), "with_photos": "1", f"alt-{one.key}": voice.text[:200],
        }  # fmt: skip
        assert browser.post("/say/send/", typed).status_code == 302
        one.refresh_from_db()
        assert one.message is not None
        actions.draw_photo(one)
        one.refresh_from_db()
        actions.show_photo(one, by=centre)
        actions.show(one.message, by=centre)


def sweep() -> None:
    """What the clock does with all of it, as far as others read what comes out."""
    tasks.open_topics()
    tasks.index_texts()
    tasks.learn_words()
    tasks.add_up_counts()
    with readers.settled():
        tasks.tell()
    with clock.at(clock.now() + 2 * DAY):
        tasks.gather_days()
    counting.count_days()
