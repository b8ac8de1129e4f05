"""The publication desk: what is held or reported, decided one by one or five hundred at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from channels_app import actions, kicks, tasks
from channels_app.actions import Verdict
from channels_app.models import Message, Reading
from desk.cards import MOST_AT_ONCE, VIEWS, View, cards, count, of_card
from desk.forms import ScreenForm
from desk.views.finding import officer
from lifecycle import clock
from people.models import User

SEEN = ("code", "status", "publication", "publication_due_at", "screened_at")
NAMED = 5  # so many receipt numbers are read; more are a number


@dataclass(frozen=True)
class Counted:
    """One view with the number of its messages, and how many had to be decided before now."""

    name: str
    words: str | Promise
    count: int
    late: int


@never_cache
@require_safe
def publication(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, oldest due first; who decides on nothing has no business here."""
    return _page(request, ScreenForm(initial={"aside_reason": "spam"}))


@never_cache
@require_POST
def screen(request: HttpRequest) -> HttpResponse:
    """Decide on the chosen cards; the next ones stand on the page that opens."""
    user = _screener(request)
    form = ScreenForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    view, verdict = _view(request), form.cleaned_data["verdict"]
    chosen = list(_chosen(view, user, form.cleaned_data["card"]))
    done = actions.screen_all(
        chosen[:MOST_AT_ONCE], verdict, by=user, reason=form.cleaned_data["reason"]
    )
    if verdict == Verdict.SHOW:
        kicks.kick_on_commit(tasks.route_waiting)
    known = {message.code for message in chosen}
    gone = [key.partition(":")[0] for key in form.cleaned_data["card"]]
    late = [message.code for message in done.overtaken] + [
        code for code in gone if code not in known
    ]
    _tell(request, verdict, len(done.went), late)
    return redirect(f"{reverse('desk_publication')}?{_where(request, view)}")


def _screener(request: HttpRequest) -> User:
    """Whoever acts for an office. Raises PermissionDenied."""
    user = officer(request)
    if not user.offices:
        raise PermissionDenied
    return user


def _view(request: HttpRequest) -> View:
    asked = request.POST if request.method == "POST" else request.GET
    return VIEWS.get(asked.get("show", ""), VIEWS["held"])


def _where(request: HttpRequest, view: View) -> str:
    """The page the officer was on; a first page needs no key."""
    after = request.POST.get("after", "")
    return urlencode({"show": view.name, **({"after": after} if after else {})})


def _chosen(view: View, user: User, keys: Iterable[str]) -> Iterable[Message]:
    """Every message of every chosen card, once."""
    found: dict[int, Message] = {}
    for key in keys:
        for message in of_card(view, user, key).only(*SEEN).order_by("pk")[:MOST_AT_ONCE]:
            found.setdefault(message.pk, message)
    return found.values()


def _page(request: HttpRequest, form: ScreenForm, status: int = 200) -> HttpResponse:
    user, view = _screener(request), _view(request)
    asked = request.POST if request.method == "POST" else request.GET
    after, chosen = asked.get("after", ""), request.POST.getlist("card")
    shelf = cards(view, user, after=after)
    # The words are masked; a photo can't be, so to see one is to read the original.
    Reading.log_all((card.message for card in shelf.cards if card.photos), user, "desk_publication")
    needs = {
        "shelf": shelf,
        "after": after,
        "shown": view.name,
        "views": [Counted(one.name, one.words, **count(one, user)) for one in VIEWS.values()],
        "form": form,
        "chosen": chosen,
        "where": request.POST.get("at", ""),
        "officer": user,
        "moment": clock.now(),
    }
    return render(request, "desk/publication.html", needs, status=status)


def _tell(request: HttpRequest, verdict: str, went: int, late: list[str]) -> None:
    """One sentence for what was done, one for what somebody else was faster with."""
    if went:
        messages.success(request, _done(verdict, went) % {"count": went})
    if late:
        named = ", ".join(late[:NAMED]) + (" …" if len(late) > NAMED else "")
        words = ngettext(
            "%(count)d message had changed meanwhile and was left as it is: %(codes)s",
            "%(count)d messages had changed meanwhile and were left as they are: %(codes)s",
            len(late),
        )
        messages.warning(request, words % {"count": len(late), "codes": named})
    if not went and not late:
        messages.warning(request, _("Nothing was decided."))


def _done(verdict: str, count: int) -> str:
    match verdict:
        case Verdict.SHOW:
            return ngettext(
                "%(count)d message is let through.", "%(count)d messages are let through.", count
            )
        case Verdict.HIDE:
            return ngettext(
                "%(count)d message is hidden. Its author reads the reason.",
                "%(count)d messages are hidden. Their authors read the reason.",
                count,
            )
        case Verdict.SET_ASIDE:
            return ngettext(
                "%(count)d message is set aside. You can take it up again under “Decided lately”.",
                "%(count)d messages are set aside."
                " You can take them up again under “Decided lately”.",
                count,
            )
    return ngettext(
        "%(count)d message is taken up again.", "%(count)d messages are taken up again.", count
    )
