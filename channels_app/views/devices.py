"""Follow on this device: a browser gives its address, and takes it back."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from channels_app import actions, limits, senders
from channels_app.connectors import push
from channels_app.forms import DeviceForm
from channels_app.models import Contact, Follow, Message, Topic
from channels_app.models.contacts import ContactKind
from channels_app.sealing import index_of
from channels_app.views.following import public_by

FOLLOW, END, LOOK = "follow", "end", "look"


# Nobody is signed in here: another site could only subscribe a browser of its own.
@csrf_exempt
@require_POST
def device(request: HttpRequest, code: str) -> HttpResponse:
    """What this browser wants of this case, and whether it follows now; for static/js/push.js."""
    public, form = public_by(code), DeviceForm(request.POST)
    if public is None or not push.is_on():
        return JsonResponse({"follows": False}, status=404)
    if not form.is_valid():
        return JsonResponse({"follows": False}, status=422)
    found: push.Device = form.cleaned_data["device"]
    match request.POST.get("act"):
        case "follow":
            return _follow(request, public, found)
        case "end":
            if (known := _known(code, found)) is not None:
                actions.end_follow(known)
            return JsonResponse({"follows": False})
    known = _known(code, found)
    return JsonResponse({"follows": known is not None and known.is_active})


def _follow(request: HttpRequest, public: Message | Topic, found: push.Device) -> HttpResponse:
    sender = senders.Sender.of(request)
    if not limits.may_follow(session=sender.session, network=sender.network):
        return sender.remember(JsonResponse({"follows": False}, status=429))
    topic = public if isinstance(public, Topic) else actions.topic_of(public)
    actions.follow_on_device(topic, found, language=get_language() or "ko")
    return sender.remember(JsonResponse({"follows": True}))


def _known(code: str, found: push.Device) -> Follow | None:
    """Whoever knows the address of a browser is that browser: nobody else is told it."""
    index = index_of(ContactKind.PUSH, found.endpoint)
    known = Contact.objects.filter(index=index).first()
    follows = Follow.objects.select_related("contact").filter(topic__code=code, contact=known)
    return follows.first() if known is not None else None
