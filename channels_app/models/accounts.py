"""Accounts of the city with networks: where voices come in, and how far each has been read."""

from datetime import datetime, timedelta
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app import sealing
from lifecycle import clock
from people.models import Office, User

LEASE = timedelta(seconds=120)  # longer than one batch may take (60 s)
VERIFIED_EVERY = timedelta(days=1)


class Network(models.TextChoices):
    """What a connector of ours speaks to."""

    MAIL = "mail", _("e-mail")
    FEED = "feed", _("feed (RSS, Atom)")
    X = "x", "X"
    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    THREADS = "threads", "Threads"
    BLUESKY = "bluesky", "Bluesky"
    MASTODON = "mastodon", "Mastodon"
    MATRIX = "matrix", "Matrix"
    TELEGRAM = "telegram", "Telegram"
    KAKAO = "kakao", _("KakaoTalk")
    TALKTALK = "talktalk", _("Naver TalkTalk")
    YOUTUBE = "youtube", "YouTube"
    SMPP = "smpp", _("text messages (SMPP)")
    SOLAPI = "solapi", _("text messages (Solapi)")


# Where people are told by a text to their number.
TEXTING = (Network.SMPP, Network.SOLAPI)
# Where people know each other by a name of that network.
SOCIAL = tuple(
    network for network in Network if network not in (Network.MAIL, Network.FEED, *TEXTING)
)


class AccountState(models.TextChoices):
    """Whether it is read."""

    ACTIVE = "active", _("open")
    PAUSED = "paused", _("paused")
    OFF = "off", _("switched off")


class AccountQuerySet(models.QuerySet["Account"]):
    """Which accounts."""

    def open(self) -> Self:
        """Those that are read."""
        return self.filter(state=AccountState.ACTIVE)

    def due(self) -> Self:
        """To be read now: the longest waiting first. A claim that ran out counts as none."""
        moment = clock.now()
        free = Q(lease_until=None) | Q(lease_until__lt=moment)
        return self.open().filter(free, next_at__lte=moment).order_by("next_at", "id")

    def to_try(self) -> Self:
        """Paused, and it is time to see whether we are let in again."""
        return self.filter(state=AccountState.PAUSED, try_at__lte=clock.now())

    def of_mail(self) -> Self:
        """Mailboxes, the first one first."""
        return self.filter(network=Network.MAIL).order_by("id")

    def of_texts(self) -> Self:
        """Those that reach a telephone, the first one first."""
        return self.filter(network__in=TEXTING).order_by("id")

    def social(self) -> Self:
        """Those of the Social Media Centre, by network and name."""
        return self.filter(network__in=SOCIAL)

    def may_send(self) -> Self:
        """Open, and the network has not asked us to wait."""
        return self.open().filter(Q(parked_until__isnull=True) | Q(parked_until__lte=clock.now()))

    def to_verify(self) -> Self:
        """Nobody has seen for a day that we are let in."""
        since = clock.now() - VERIFIED_EVERY
        return self.open().filter(Q(checked_at__isnull=True) | Q(checked_at__lt=since))

    def gone_silent(self, *, since: datetime) -> Self:
        """Open, had a message once, none since then, and nobody was told of it."""
        return self.open().filter(last_message_at__lt=since, told_silent_at__isnull=True)

    def visible_to(self, user: User) -> Self:
        """All to the centre, the mayor's office and the auditor; to others their own."""
        if user.is_at_centre or user.is_in_mayors_office or user.is_auditor:
            return self
        return self.filter(office__in=user.offices)


@pghistory.track(
    pghistory.UpdateEvent(),
    model_name="AccountEvent",
    fields=[
        "handle",
        "office",
        "holder",
        "address",
        "sign_in",
        "vouched_by",
        "asks_second",
        "state",
    ],
)
class Account(models.Model):
    """One account of the city with a network; its office answers for it.

    `handle` is what citizens know it by (a mail address, a name), `address` where we ask (a URL:
    imaps://host:993/INBOX), `sign_in` and `sealed` how. `vouched_by` names the mail server whose
    word on a sender's domain we believe (RFC 8601 authserv-id); empty: nobody's. `holder` is
    the person whose own account it is, and who decides with the office. `asks_second`: what leaves
    there needs the eyes of a second officer. `own_id` is our name there for ever, as the network
    said it; `session` a sign-in it gave us to keep. `door` is the secret part of the address where
    the network calls us.
    `next_at` is when it is read next, `lease_until` until when somebody is at it, `failures` how
    often in a row it failed. While paused only the sign-in is tried, at `try_at`.
    """

    network = models.CharField(_("network"), max_length=10, choices=Network)
    handle = models.CharField(_("name of the account"), max_length=200)
    office = models.ForeignKey(
        Office, models.PROTECT, verbose_name=_("office"), related_name="accounts"
    )
    address = models.CharField(_("address of its server"), max_length=300)
    sign_in = models.CharField(_("user name"), max_length=200, blank=True)
    sealed = models.TextField(blank=True, editable=False)
    holder = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("whose own account it is"),
        related_name="own_accounts",
        db_index=False,
    )
    asks_second = models.BooleanField(
        _("a second officer looks at what leaves"), default=False, db_default=False
    )
    own_id = models.CharField(max_length=200, blank=True, editable=False)
    session = models.TextField(blank=True, editable=False)
    door = models.CharField(max_length=32, default=sealing.fresh_nonce, editable=False)
    vouched_by = models.CharField(_("mail server that checks senders"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=6, choices=AccountState, default=AccountState.ACTIVE
    )
    why = models.CharField(_("reason"), max_length=200, blank=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    next_at = models.DateTimeField(editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    try_at = models.DateTimeField(null=True, editable=False)
    paused_at = models.DateTimeField(_("paused since"), null=True, editable=False)
    verified_at = models.DateTimeField(_("last sign-in"), null=True, editable=False)
    last_ok_at = models.DateTimeField(_("last read"), null=True, editable=False)
    last_message_at = models.DateTimeField(_("last message"), null=True, editable=False)
    checked_at = models.DateTimeField(_("last looked at"), null=True, editable=False)
    told_silent_at = models.DateTimeField(null=True, editable=False)
    parked_until = models.DateTimeField(_("waits until"), null=True, editable=False)
    followers = models.PositiveIntegerField(_("followers"), null=True, editable=False)

    objects = AccountQuerySet.as_manager()

    class Meta:
        ordering = ["network", "handle"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(fields=["network", "handle"], name="account_once"),
            models.CheckConstraint(
                name="account_paused_is_tried_again",
                condition=~Q(state="paused") | Q(try_at__isnull=False, paused_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.handle

    @property
    def secret(self) -> str:
        """What signs us in, where it is one thing."""
        return sealing.unseal(self.sealed) if self.sealed else ""

    @property
    def secrets(self) -> dict[str, str]:
        """What signs us in, where it has several parts, by their names."""
        return sealing.unseal_words(self.sealed)

    @property
    def kept_session(self) -> str:
        """The sign-in that the network gave us to keep; "" where there is none."""
        return sealing.unseal(self.session) if self.session else ""

    def keep_session(self, session: str) -> None:
        """Never an empty one over one that may still be good."""
        if session:
            Account.objects.filter(pk=self.pk).update(session=sealing.seal(session))

    @property
    def is_social(self) -> bool:
        """Of the Social Media Centre."""
        return self.network in SOCIAL

    @property
    def is_open(self) -> bool:
        """It is read."""
        return self.state == AccountState.ACTIVE

    @property
    def is_paused(self) -> bool:
        """Our sign-in there was refused."""
        return self.state == AccountState.PAUSED

    @property
    def unread_since(self) -> datetime | None:
        """Since when it could not be read, where the last times failed."""
        return self.last_ok_at if self.failures else None

    def may_be_kept_by(self, user: User) -> bool:
        """Decide on what could not be taken in: the office of the account, and the centre."""
        return user.is_at_centre or user.holds(self.office)

    def claim(self) -> bool:
        """Take it for one batch; nobody else is at it until the lease ends."""
        mine = Account.objects.due().filter(pk=self.pk)
        return bool(mine.update(lease_until=clock.now() + LEASE))

    def park(self, *, until: datetime) -> None:
        """The network has enough of us: nothing leaves there until then; others go on."""
        Account.objects.filter(pk=self.pk).update(parked_until=until)

    def claim_try(self, *, until: datetime) -> bool:
        """One worker tries the sign-in, the others see it again at `until`."""
        mine = Account.objects.to_try().filter(pk=self.pk, try_at=self.try_at)
        return bool(mine.update(try_at=until))

    def pause(self, *, why: str, try_at: datetime) -> bool:
        """Stop reading it; whether it was open until now, so that one alert is given.

        The secret and the place stay as they are: nothing is wrong with what lies there.
        """
        return bool(
            Account.objects.open()
            .filter(pk=self.pk)
            .update(
                state=AccountState.PAUSED,
                why=why[:200],
                paused_at=clock.now(),
                try_at=try_at,
                lease_until=None,
            )
        )

    def open_again(self) -> bool:
        """We are let in: whatever waited there comes in with the next sweep."""
        moment = clock.now()
        return bool(
            Account.objects.filter(pk=self.pk, state=AccountState.PAUSED).update(
                state=AccountState.ACTIVE,
                why="",
                failures=0,
                paused_at=None,
                try_at=None,
                verified_at=moment,
                next_at=moment,
            )
        )


class Checkpoint(models.Model):
    """How far one stream of an account has been read; moved together with what was read."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="checkpoints")
    stream = models.CharField(max_length=40, blank=True)
    cursor = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "stream"], name="checkpoint_once")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.stream}: {self.cursor}"

    @staticmethod
    def of(account: Account, stream: str = "") -> str:
        """The cursor, "" where nothing was read yet."""
        row = Checkpoint.objects.filter(account=account, stream=stream).first()
        return row.cursor if row is not None else ""

    @staticmethod
    def advance(account: Account, *, since: str, to: str, stream: str = "") -> bool:
        """Move it, unless somebody else has moved it from there meanwhile. In a transaction."""
        row, _made = Checkpoint.objects.select_for_update().get_or_create(
            account=account, stream=stream, defaults={"at": clock.now()}
        )
        if row.cursor != since:
            return False
        row.cursor, row.at = to, clock.now()
        row.save(update_fields=["cursor", "at"])
        return True
