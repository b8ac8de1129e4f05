"""Who is who: users, offices and appointments."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from people import rights


class OfficeKind(models.TextChoices):
    """What an office is; some kinds carry duties of their own."""

    MAYOR = "mayor", _("mayor's office")
    BUREAU = "bureau", _("bureau")
    DEPARTMENT = "department", _("department")
    TEAM = "team", _("team")
    CENTRE = "centre", _("Social Media Centre")
    CALL_CENTRE = "call_centre", _("call centre")
    BOROUGH = "borough", _("borough")
    CORPORATION = "corporation", _("corporation")


LISTENING_TEAM = "attentive-listening"


class OfficeQuerySet(models.QuerySet["Office"]):
    """Which offices."""

    def centre(self) -> "Office":
        """The one where every voice arrives first (paper 3.1). Raises DoesNotExist."""
        return self.get(kind=OfficeKind.CENTRE)

    def listening_team(self) -> "Office":
        """The team that follows every suggestion (paper 3.2). Raises DoesNotExist."""
        return self.get(slug=LISTENING_TEAM)

    def boroughs(self) -> Self:
        """The 25 of the city, by name."""
        return self.filter(kind=OfficeKind.BOROUGH, closed=False).order_by(_name())

    def answering(self) -> Self:
        """Those a message can be routed to, by kind and name."""
        return self.exclude(closed=True).order_by("kind", _name())


def _name() -> str:
    """The column of the names that are shown, for lists in the reader's own order."""
    return "name_en" if get_language() == "en" else "name_ko"


class Office(models.Model):
    """One place of the city that can be in charge of something."""

    slug = models.SlugField(_("address"), unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=OfficeKind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("part of"),
        null=True,
        blank=True,
        related_name="children",
    )
    name_ko = models.CharField(_("name (Korean)"), max_length=60, unique=True)
    name_en = models.CharField(_("name (English)"), max_length=80, unique=True)
    duties_ko = models.TextField(_("duties in words (Korean)"), blank=True)
    duties_en = models.TextField(_("duties in words (English)"), blank=True)
    closed = models.BooleanField(_("closed"), default=False)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ["name_ko"]
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind=OfficeKind.CENTRE), name="office_only_one_centre"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_en if get_language() == "en" else self.name_ko

    @property
    def duties(self) -> str:
        """The duties in the language of the page."""
        return self.duties_en if get_language() == "en" else self.duties_ko

    @property
    def area(self) -> str:
        """The borough itself, in the language of the page: the name without its office."""
        return self.name.removesuffix("청").removesuffix(" Office")

    @property
    def is_centre(self) -> bool:
        """Whether every voice arrives here first."""
        return self.kind == OfficeKind.CENTRE

    @property
    def headed_by(self) -> "Office | None":
        """The nearest office, this one or one above it, that has a head now."""
        office: Office | None = self
        while office is not None:
            if Appointment.objects.current().filter(office=office, role=Role.HEAD).exists():
                return office
            office = office.parent
        return None


class UserManager(BaseUserManager["User"]):
    """Users are found by their mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A new user; without a password they sign in by mail code only."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Case does not matter in an address."""
        return self.get(email__iexact=username)


# Addresses stay out: what is erased must not stand in the history.
@pghistory.track(
    pghistory.UpdateEvent(),
    fields=["is_active", "is_demo"],
    model_name="UserEvent",
    obj_field=pghistory.ObjForeignKey(related_name="events", related_query_name="events_qs"),
)
class User(AbstractBaseUser):
    """A person who signs in: citizens may, officers must.

    What a user may do follows from the appointments of today alone: there are no groups and no
    stored permissions, so that nobody acts for an office after leaving it.
    """

    email = models.EmailField(_("mail address"), unique=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    if TYPE_CHECKING:
        appointments: "AppointmentQuerySet"
        authenticator_set: models.Manager[Any]  # allauth's, which ships no types

    class Meta:
        ordering = ["email"]
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def posts(self) -> Sequence["Appointment"]:
        """The appointments of this moment, with their offices; one query a request."""
        if not self.is_active:
            return ()
        return tuple(Appointment.objects.current().filter(user=self).select_related("office"))

    @cached_property
    def factors(self) -> Sequence[Mapping[str, Any]]:
        """What this user signs in with beside the first factor: `pk` and `type` of each."""
        return list(self.authenticator_set.values("pk", "type"))

    @property
    def is_staff(self) -> bool:
        """Whether the doors for officers open at all."""
        return bool(self.posts)

    @property
    def offices(self) -> list[int]:
        """Keys of the offices this user acts for (auditors act for none)."""
        return [post.office_id for post in self.posts if post.acts]

    def holds(self, office: Office | None) -> bool:
        """Whether the user acts for this office now."""
        return office is not None and office.pk in self.offices

    def heads(self, office: Office | None) -> bool:
        """Whether the user decides as head of this office, or of the nearest one above with a head.

        Where there is none all the way up, whoever holds the office.
        """
        if office is None:
            return False
        above = office.headed_by
        if above is None:
            return self.holds(office)
        return any(post.role == Role.HEAD and post.office_id == above.pk for post in self.posts)

    @cached_property
    def led(self) -> list[int]:
        """Keys of the offices below this head's own that have no head themselves."""
        layer = [post.office_id for post in self.posts if post.role == Role.HEAD]
        found: list[int] = []
        headed = Appointment.objects.current().filter(role=Role.HEAD).values("office")
        while layer:
            below = Office.objects.filter(parent__in=layer).exclude(pk__in=headed)
            layer = list(below.values_list("pk", flat=True))
            found += layer
        return found

    def has_role(self, *roles: str) -> bool:
        """Whether one of today's appointments has one of these roles."""
        return any(post.role in roles for post in self.posts)

    @property
    def is_at_centre(self) -> bool:
        """Acts for the Social Media Centre."""
        return any(post.acts and post.office.is_centre for post in self.posts)

    @property
    def is_at_call_centre(self) -> bool:
        """Acts for 120 Dasan, which answers everybody's questions for every office."""
        return any(post.acts and post.office.kind == OfficeKind.CALL_CENTRE for post in self.posts)

    @property
    def is_listening(self) -> bool:
        """Acts for the Attentive Listening Team."""
        return any(post.acts and post.office.slug == LISTENING_TEAM for post in self.posts)

    @property
    def is_in_mayors_office(self) -> bool:
        """Acts for the mayor's office: sees everything that is late, answers for nobody."""
        return any(post.acts and post.office.kind == OfficeKind.MAYOR for post in self.posts)

    @property
    def serves_citizens(self) -> bool:
        """Acts for an office that hears citizens itself; the mayor's office only looks on."""
        return any(post.acts and post.office.kind != OfficeKind.MAYOR for post in self.posts)

    @property
    def is_auditor(self) -> bool:
        """Reads all, writes nothing."""
        return self.has_role(Role.AUDITOR)

    @property
    def is_administrator(self) -> bool:
        """Keeps offices, appointments, keywords and rules; reads no citizen's original."""
        return self.has_role(Role.ADMINISTRATOR)

    @property
    def sees_operations(self) -> bool:
        """Looks after the portal itself: whether it moves, and what is stuck in it."""
        return (
            self.is_administrator
            or self.is_auditor
            or self.is_at_centre
            or self.is_in_mayors_office
        )

    @property
    def may_operate(self) -> bool:
        """Lets go of what is stuck, or has it tried once more."""
        return self.is_administrator or self.is_at_centre

    def acting_for(self, office: Office | None) -> Office | None:
        """The office in whose name this user acts on something `office` is in charge of."""
        if self.holds(office):
            return office
        return next((post.office for post in self.posts), None)

    @property
    def has_served(self) -> bool:
        """Whether the city's record names this person: appointed once, today or from tomorrow."""
        return self.appointments.exists()

    def may_be_deleted_by(self, by: "User") -> bool:
        """By its owner alone, and never where the record of the city needs to name them."""
        return by == self and not self.has_served

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """The admin's question, answered from the appointments."""
        return rights.may(self, perm)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether the admin shows this app at all."""
        return rights.may_see_app(self, app_label)


class Role(models.TextChoices):
    """What somebody is in an office. The office's kind says the rest (centre, borough, mayor)."""

    OFFICER = "officer", _("officer")
    HEAD = "head", _("head")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Which appointments."""

    def current(self) -> Self:
        """Those that hold at this moment."""
        moment = timezone.now()
        return self.filter(Q(until=None) | Q(until__gt=moment), since__lte=moment)


@pghistory.track()
class Appointment(models.Model):
    """Who holds an office, in which role, from when to when."""

    user = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("person"), related_name="appointments"
    )
    office = models.ForeignKey(
        Office, models.PROTECT, verbose_name=_("office"), related_name="appointments"
    )
    role = models.CharField(_("role"), max_length=14, choices=Role, default=Role.OFFICER)
    since = models.DateTimeField(_("from"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        indexes = [models.Index(fields=["user", "until"], name="appointment_of_user")]
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_start",
                condition=Q(until=None) | Q(until__gte=F("since")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.office} · {self.get_role_display()}"

    @property
    def acts(self) -> bool:
        """Whether the holder acts in the office's name."""
        return self.role in (Role.OFFICER, Role.HEAD)
