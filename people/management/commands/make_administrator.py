"""./portal make_administrator MAIL: the first administrator of a real portal."""

from argparse import ArgumentParser
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from people import actions, enrolment
from people.models import Appointment, Office, Role, User

OFFICE = "digital"


class Command(BaseCommand):
    """Appoints and prints a one-time link; all others are appointed in the admin.

    Run again for the same address, it prints a new link: the way back for an administrator who
    has lost mailbox or phone.
    """

    help = "Make the first administrator and print a link for signing in and enrolling."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and whether the second factor is lost."""
        parser.add_argument("mail")
        parser.add_argument(
            "--lost-factor", action="store_true", help="forget the second factors enrolled so far"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses where somebody else is administrator already."""
        user = self._user(options["mail"].strip().lower())
        self._refuse_a_second(user)
        if not user.is_administrator:
            office = Office.objects.get(slug=OFFICE)
            actions.appoint(user, office=office, role=Role.ADMINISTRATOR, by=None)
        if options["lost_factor"]:
            Authenticator.objects.filter(user=user).delete()
        self.stdout.write(
            f"{user.email} is administrator. This link works once, within 24 hours:\n"
            f"{enrolment.link_for(user)}"
        )

    @staticmethod
    def _user(mail: str) -> User:
        try:
            validate_email(mail)
        except ValidationError:
            raise CommandError(f"“{mail}” is no mail address.") from None
        user = User.objects.filter(email__iexact=mail).first() or User.objects.create_user(mail)
        if user.is_demo:
            raise CommandError("A demonstration account can't be administrator of a real portal.")
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )
        return user

    @staticmethod
    def _refuse_a_second(user: User) -> None:
        other = (
            Appointment.objects.current()
            .filter(role=Role.ADMINISTRATOR, user__is_active=True, user__is_demo=False)
            .exclude(user=user)
            .first()
        )
        if other:
            raise CommandError(f"{other.user.email} is administrator and can appoint others.")
