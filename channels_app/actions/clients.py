"""Apps of others: let one in, give it a new token."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app.models import ApiClient, Scope
from people.models import Office, User


@transaction.atomic
def make_client(
    name: str,
    *,
    by: User | None,
    office: Office | None = None,
    scopes: Iterable[str] = tuple(Scope),
    rate: int = 60,
) -> tuple[ApiClient, str]:
    """A new app and its token, told this once. `by` is None for the command alone."""
    if by is not None and not by.is_administrator:
        raise PermissionDenied
    client = ApiClient(name=name, office=office, scopes=[*map(str, scopes)], rate=rate)
    token = client.renew_token()
    client.full_clean(exclude=["token_digest"])
    client.save(force_insert=True)
    return client, token


@transaction.atomic
def renew_token(client: ApiClient, *, by: User) -> str:
    """A new token, told this once; the old one opens nothing any more."""
    if not by.is_administrator:
        raise PermissionDenied
    client = ApiClient.objects.select_for_update(of=("self",)).get(pk=client.pk)
    token = client.renew_token()
    client.save(update_fields=["token_digest"])
    return token
