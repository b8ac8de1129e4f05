"""The home page and the fixed pages."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from channels_app.forms import SayForm, TrackForm
from channels_app.models import Kind
from channels_app.states import Stage
from channels_app.views.photos import take_in
from channels_app.views.wall import counters
from lifecycle import clock, rules
from lifecycle.models import Rule
from lifecycle.rules import Words

# The chapters of the Rulebook, by how the names of their rules begin.
CHAPTERS: list[tuple[Words, set[str]]] = [
    (_("Answering"), {"answer", "working_hours"}),
    (_("The right office"), {"route"}),
    (_("Writing to us"), {"message", "photo", "mail", "api"}),
    (_("The same matter"), {"similar", "switch"}),
    (_("What everyone can read"), {"publication"}),
    (_("Floods and robots"), {"limits"}),
    (_("Keeping and deleting"), {"keep"}),
    (_("Looking at who read what"), {"readings"}),
]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One box, the look-up, and four numbers with their moment."""
    needs = {
        "form": SayForm(),
        "photos": take_in(request),
        "track_form": TrackForm(),
        "Kind": Kind,
        "counters": counters(),
        "moment": clock.now(),
    }
    return render(request, "seoul_portal/home.html", needs)


@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """What happens to what you say: the stages, and the clock of each kind."""
    book = rules.declared()
    clocks = [(kind, book[f"answer.{kind.value}"]) for kind in Kind]
    needs = {"stages": list(Stage), "clocks": clocks}
    return render(request, "seoul_portal/how_it_works.html", needs)


@require_safe
def rulebook(request: HttpRequest) -> HttpResponse:
    """Every number of policy: what holds now, and every earlier version with its reason."""
    versions: dict[str, list[Rule]] = {}
    for row in Rule.objects.all():
        versions.setdefault(row.name, []).append(row)
    book = [(name, rule, versions.get(name, [])) for name, rule in rules.declared().items()]
    chapters = [
        (words, [(rule, rows) for name, rule, rows in book if name.partition(".")[0] in starts])
        for words, starts in CHAPTERS
    ]
    return render(request, "seoul_portal/rules.html", {"chapters": chapters})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What we keep, for how long, who reads it."""
    book = rules.declared()
    kept = [rule for name, rule in book.items() if name.startswith("keep.")]
    needs = {"kept": kept, "photo_hours": book["photo.draft_hours"]}
    return render(request, "seoul_portal/privacy.html", needs)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works, what does not yet, whom to tell."""
    return render(request, "seoul_portal/accessibility.html")


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """After signing in: where to go on."""
    return render(request, "seoul_portal/me.html")
