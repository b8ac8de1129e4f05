"""What comes in from networks: asked for, kept as it came, then read: whose words are these?"""

import logging
import re
from dataclasses import replace

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from channels_app import actions, heard, limits, media, networks, posts, reading_apart, rules
from channels_app.actions import Came, File, Said
from channels_app.connectors.contract import HOOK
from channels_app.connectors.errors import AuthExpired, ConnectorError, Transient
from channels_app.connectors.mail_headers import Automatic
from channels_app.connectors.reading_mail import Enclosure, ReadMail
from channels_app.forms import read_contact
from channels_app.models import (
    Account,
    Checkpoint,
    Contact,
    InboundEvent,
    KeptBecause,
    Kind,
    Message,
    Network,
)
from channels_app.photos import PhotoRefusedError
from channels_app.text.kinds import likely_kind
from channels_app.text.languages import language_of
from channels_app.text.normal import tidy
from channels_app.text.titles import headed

log = logging.getLogger(__name__)
# Message-IDs of ours: the number, and the key of the delivery.
KEY = r"S-\d{4}-\d{6,12}\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@"


def fetch(account: Account) -> None:
    """Ask a claimed account once, outside any transaction, and keep what it holds for us."""
    since = Checkpoint.of(account)
    try:
        if not media.has_room():
            raise Transient("no room on the disk")
        connector = networks.reach(account)
        connection.close()  # a slow network must not hold one of the database's connections
        batch = connector.fetch(since)
    except ValidationError as problem:
        actions.fetching_failed(account, AuthExpired(problem.messages[0]))
    except ConnectorError as problem:
        actions.fetching_failed(account, problem)
    else:
        actions.store(account, batch, since=since)


def try_again(account: Account) -> None:
    """Knock at a paused account; where we are let in, what waited there comes."""
    if not actions.claim_try(account):
        return
    try:
        connector = networks.reach(account)
        connection.close()
        connector.verify()
    except (ValidationError, ConnectorError) as problem:
        log.warning("%s %s stays paused: %s", account.network, account.pk, problem)
    else:
        account.open_again()
        log.warning("%s %s open again", account.network, account.pk)


def look_at(account: Account) -> None:
    """Once a day: are we let in, what are we called there, how many follow."""
    try:
        connector = networks.reach(account)
        connection.close()
        about = connector.about()
    except (ValidationError, ConnectorError) as problem:
        actions.not_let_in(account, problem)
    else:
        actions.note_about(account, about)


def look_again(account: Account) -> None:
    """Whether what we show of others is still there, and what readers do with our own posts."""
    connector = networks.reach(account)
    names = actions.to_look_for(account)
    connection.close()
    if names:
        actions.withdraw_gone(account, names, connector.gone_among(names))
    if ours := actions.to_count(account):
        actions.note_all_reactions(account, connector.counts_of(ours))


def take_in(event: InboundEvent) -> None:
    """Decide on a claimed event. Raises what reading it raises; then it stays as it is."""
    if event.account.network == Network.FEED:
        posts.take_in(event)
    elif event.account.network != Network.MAIL:
        heard.take_in(event)
    else:
        _take_mail(event)


def words_of(event: InboundEvent) -> str:
    """What it says, for whoever decides on it. Raises what reading it raises."""
    if event.account.network == Network.FEED:
        return posts.words(posts.read(event))
    if event.account.network != Network.MAIL:
        return heard.words(heard.hear(event)) if event.kind != HOOK else ""
    return read(event).text


def _take_mail(event: InboundEvent) -> None:
    mail = read(event)
    if mail.automatic is not None and event.wanted_by_id is None:
        came_back = _came_back(mail) if mail.automatic == Automatic.BOUNCE else []
        actions.take_as_nobodys(event, why=mail.automatic, came_back=came_back)
        return
    contact = _contact(mail)
    if contact is None and event.wanted_by_id is None:
        actions.leave_to_person(event, why=KeptBecause.NO_SENDER)
    elif not (mail.text or mail.subject or mail.enclosures):
        actions.leave_to_person(event, why=KeptBecause.EMPTY)
    elif not actions.wait_for_earlier(event, [event.name_of(name) for name in mail.answers]):
        _take(event, mail, contact)


def take_unread(event: InboundEvent) -> None:
    """What nobody can read, and an officer wants as a message: the mail lies beside it."""
    words = _("(A mail that we could not read. It is enclosed as it came.)")
    said = Said(
        text=words,
        kind=Kind.COMPLAINT,
        channel=networks.CHANNEL_OF[Network(event.account.network)],
    )
    actions.take_as_message(event, Came(said=said, root=str(event.key)))


def read(event: InboundEvent) -> ReadMail:
    """The mail of this event, from its file. Raises FileNotFoundError, ChildFellError."""
    path = media.path_of(media.inbound_of(event.key))
    return reading_apart.mail(path, ours=our_addresses())


def our_addresses() -> frozenset[str]:
    """What comes from these has come from us."""
    own = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">").lower()
    handles = Account.objects.of_mail().values_list("handle", flat=True)
    return frozenset({own, *(handle.lower() for handle in handles)})


def our_mail(name: str) -> str:
    """The key of the mail of ours with this Message-ID, or nothing."""
    found = re.fullmatch(KEY + re.escape(settings.MAIL_DOMAIN), name)
    return found[1] if found else ""


def _take(event: InboundEvent, mail: ReadMail, contact: tuple[str, str] | None) -> None:
    """Mails of one person are taken in one after the other, or two would begin two messages."""
    photos, files = _keep_photos(event, mail)
    # Outside the transaction: it holds the row, and messages are locked before their contact.
    person = Contact.objects.reached_by(*contact) if contact else None
    with transaction.atomic():
        actions.hold_conversation(event.account, mail.sender or str(event.key))
        _take_held(event, mail, _said(event, mail, contact, photos=photos), person, files)


def _said(
    event: InboundEvent, mail: ReadMail, contact: tuple[str, str] | None, *, photos: bool
) -> Said:
    return Said(
        text=_words(mail),
        kind=likely_kind(_words(mail)),
        contact=contact,
        language=language_of(_words(mail)) or "ko",
        channel=networks.CHANNEL_OF[Network(event.account.network)],
        photos=photos,
    )


def _take_held(
    event: InboundEvent, mail: ReadMail, said: Said, person: Contact | None, files: list[File]
) -> None:
    came = Came(
        said=said,
        root=f"{mail.sender}\n{mail.message_id or event.key}",
        files=files,
        is_vouched=event.account.vouched_by.lower() in mail.vouched_by,
    )
    begun = _begun(event, mail, person) if person else None
    if begun is not None and begun.may_be_added_to:
        reply = replace(said, text=_reply(mail))
        flood = limits.adds_a_flood(reply.text, code=begun.code)
        actions.take_as_words(event, replace(came, said=reply, flood=flood), message=begun)
        return
    held = limits.reason_to_hold(said)
    said = replace(said, held=held, note=_note(mail, begun, event))
    actions.take_as_message(event, replace(came, said=said))


def _contact(mail: ReadMail) -> tuple[str, str] | None:
    try:
        return read_contact(mail.sender)
    except ValidationError:
        return None


def _words(mail: ReadMail) -> str:
    """The subject as the first line, then the text; never too long."""
    longest = rules.MESSAGE_LENGTH.value()
    text = headed(tidy(mail.subject), tidy(mail.text), longest=longest)
    return text or _("(There are only files, no words.)")


def _reply(mail: ReadMail) -> str:
    """What was written above our own mail; never too long."""
    return headed("", tidy(mail.reply), longest=rules.MESSAGE_LENGTH.value()) or _words(mail)


def _begun(event: InboundEvent, mail: ReadMail, person: Contact) -> Message | None:
    """The sender's own message that this mail goes on with."""
    for name in reversed(mail.answers):
        if key := our_mail(name):
            found = actions.message_answered(key, person)
        else:
            found = actions.message_of_thread(event.account, f"{mail.sender}\n{name}")
        if found is not None:
            return found
    return None


def _note(mail: ReadMail, begun: Message | None, event: InboundEvent) -> str:
    """What officers should know about it, in Korean."""
    with translation.override("ko"):
        notes = []
        if begun is not None:
            notes.append(_("It answers mail about %(code)s.") % {"code": begun.code})
        if len(tidy(mail.text)) >= rules.MESSAGE_LENGTH.value():
            notes.append(_("It was too long: the rest stands in the mail itself."))
        if event.is_cut:
            notes.append(_("It was larger than we take: its end is missing."))
        if mail.faults:
            notes.append(_("Not everything in it could be read: see the mail itself."))
    return " ".join(notes)


def _keep_photos(event: InboundEvent, mail: ReadMail) -> tuple[bool, list[File]]:
    """Pictures are kept as photos of this event, drawn anew as every other; the rest is listed."""
    position, files = 0, []
    for number, enclosed in enumerate(mail.enclosures):
        if enclosed.is_picture and _is_kept(event, enclosed, position):
            position += 1
        else:
            files.append(File(number, enclosed.name, enclosed.kind, len(enclosed.content)))
    return position > 0, files


def _is_kept(event: InboundEvent, enclosed: Enclosure, position: int) -> bool:
    content = SimpleUploadedFile(enclosed.name or "photo", enclosed.content, enclosed.kind)
    try:
        actions.keep_photo(draft=event.key, content=content, position=position)
    except PhotoRefusedError:
        return False
    return True


def _came_back(mail: ReadMail) -> list[tuple[str, str]]:
    """(key of a mail of ours, code) of what will never arrive."""
    if mail.reports:
        told = [(report.about, report.status) for report in mail.reports if report.is_final]
    else:  # in words of its own: whatever mail of ours it names
        named = re.finditer(KEY + re.escape(settings.MAIL_DOMAIN), mail.text)
        told = [(found[0], "") for found in named]
    return [(key, code) for about, code in told if (key := our_mail(about))]
