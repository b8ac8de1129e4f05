"""Where networks call us: looked at, kept as it came, answered at once; read a moment later."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from channels_app import actions, limits, networks, tasks
from channels_app.connectors.errors import BadSignature
from channels_app.kicks import kick_on_commit
from channels_app.models import Account, AccountState

log = logging.getLogger(__name__)
MOST_BYTES = 1_000_000  # of one call; every network's own limit is lower


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def hook(request: HttpRequest, door: str) -> HttpResponse:
    """Of the account whose door this is. What it did not send, or too late, is counted: 403."""
    account = Account.objects.exclude(state=AccountState.OFF).filter(door=door).first()
    if account is None or not networks.is_called(account):
        raise Http404
    connector = networks.reach(account)
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        if request.method == "GET":
            told = connector.handshake(request.GET.dict())
            return HttpResponse(told.body, content_type=told.content_type)
        if len(request.body) > MOST_BYTES:
            return HttpResponse(status=413)
        connector.check_hook(headers, request.body)
    except BadSignature as problem:
        limits.count_refused_call(account)
        log.warning("a call to %s %s was refused: %s", account.network, account.pk, problem)
        return HttpResponse(status=403)
    actions.store_call(account, request.body, name=connector.hook_name(headers, request.body))
    kick_on_commit(tasks.take_in_events)
    told = connector.hook_answer(request.body)
    return HttpResponse(told.body, content_type=told.content_type)
