"""All that is held about one account, for its owner: no password, no secret of a second factor."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User

Own = dict[str, Any]


def own_data(user: User) -> Own:
    """Plain values, ready for JSON; moments in ISO 8601, on Seoul's clock."""
    return {
        "made_at": _at(timezone.now()),
        "made_by": settings.SITE_URL,
        "left_out": [
            _("your password and the secrets of your second factor: nobody can read them"),
            _("what you sent to the city: it is not tied to an account, open its private link"),
            *([_("what you did for an office: it is part of the city's record")] * user.has_served),
        ],
        "account": {
            "address": user.email,
            "name": user.name,
            "since": _at(user.date_joined),
            "last_sign_in": _at(user.last_login),
            "has_password": user.has_usable_password(),
        },
        "addresses": [
            {"address": row.email, "confirmed": row.verified, "in_use": row.primary}
            for row in EmailAddress.objects.filter(user=user).order_by("pk")
        ],
        "second_factors": [
            {"kind": row.type, "since": _at(row.created_at), "last_used": _at(row.last_used_at)}
            for row in Authenticator.objects.filter(user=user).order_by("pk")
        ],
        "signed_in": [
            {
                "since": _at(row.created_at),
                "last_seen": _at(row.last_seen_at),
                "network_address": row.ip,
                "browser": row.user_agent,
            }
            for row in UserSession.objects.filter(user=user).order_by("created_at")
        ],
        "other_networks": [
            {
                "network": row.provider,
                "number_there": row.uid,
                "since": _at(row.date_joined),
                "told_by_it": row.extra_data,
            }
            for row in SocialAccount.objects.filter(user=user).order_by("pk")
        ],
        "posts": [
            {
                "office": post.office.name,
                "role": post.role,
                "since": _at(post.since),
                "until": _at(post.until),
            }
            for post in user.appointments.select_related("office")
        ],
    }


def _at(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None
