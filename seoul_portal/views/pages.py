"""The home page and the fixed pages."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from channels_app import rules_shedding
from channels_app.forms import SayForm, TrackForm
from channels_app.models import Kind
from channels_app.states import Stage
from channels_app.views.photos import take_in
from channels_app.views.wall import counters
from lifecycle import clock, rules
from lifecycle.models import Holiday, Rule
from lifecycle.rules import Words
from seoul_portal import channels, figure
from suggestions import dispositions
from suggestions.states import Disposition
from suggestions.states import Stage as IdeaStage
from suggestions.views.lists import newest_changes

MOST_DAYS = 100
CHANGES_AT_HOME = 3
# The chapters of the Rulebook, by how the names of their rules begin.
CHAPTERS: list[tuple[Words, set[str]]] = [
    (_("Answering"), {"answer", "working_hours"}),
    (_("When it takes longer"), {"late", "interim", "wait"}),
    (_("When it is not solved"), {"reopen", "appeal"}),
    (_("How an answer was"), {"rate"}),
    (_("Done, and whether it helps"), {"done", "evaluate"}),
    (_("Promises"), {"promise"}),
    (_("The right office"), {"route"}),
    (_("Writing to us"), {"message", "photo", "mail", "api", "inbound"}),
    (_("Writing it down for somebody"), {"entered", "sheet"}),
    (_("The same matter"), {"similar", "switch"}),
    (_("Search"), {"search"}),
    (_("Ready answers"), {"article"}),
    (_("Suggestions of citizens"), {"idea", "petition"}),
    (_("Support, and what it sets going"), {"support", "review"}),
    (_("Talking about suggestions"), {"talk", "cluster"}),
    (_("What everyone can read"), {"publication"}),
    (_("Committees and progress reports"), {"committee", "progress"}),
    (_("The day's numbers"), {"dashboard", "opendata"}),
    (_("Floods and robots"), {"limits"}),
    (_("Keeping and deleting"), {"keep"}),
    (_("Looking at who read what"), {"readings"}),
    (_("When the portal itself is late"), {"alarm"}),
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
        "ideas": dispositions.numbers() if rules_shedding.shows_counters() else None,
        "under_way": Disposition.UNDER_WAY,
        "changes": newest_changes(CHANGES_AT_HOME),
    }
    return render(request, "seoul_portal/home.html", needs)


@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """What happens to what you say, with its clocks; the stages of a policy (paper, Figure 1)."""
    book = rules.declared()
    clocks = [(kind, book[f"answer.{kind.value}"]) for kind in Kind]
    needs = {
        "stages": list(Stage),
        "clocks": clocks,
        "rule": {rule.name.replace(".", "_"): rule for rule in book.values()},
        "idea_stages": list(IdeaStage),
        "figure_stages": figure.STAGES.items(),
        "figure_rows": figure.rows(),
    }
    return render(request, "seoul_portal/how_it_works.html", needs)


@require_safe
def all_channels(request: HttpRequest) -> HttpResponse:
    """Every channel of the paper: when to use it, what works today, where to go instead."""
    needs = {
        "groups": channels.with_counts(),
        "behalf": channels.on_behalf(),
        "moment": clock.now(),
    }
    return render(request, "seoul_portal/channels.html", needs)


@require_safe
def rulebook(request: HttpRequest) -> HttpResponse:
    """Every number of policy with its earlier versions and reasons, and the days declared free."""
    versions: dict[str, list[Rule]] = {}
    for row in Rule.objects.all():
        versions.setdefault(row.name, []).append(row)
    book = [(name, rule, versions.get(name, [])) for name, rule in rules.declared().items()]
    chapters = [
        (words, [(rule, rows) for name, rule, rows in book if name.partition(".")[0] in starts])
        for words, starts in CHAPTERS
    ]
    needs = {"chapters": chapters, "days": Holiday.objects.order_by("-day", "-id")[:MOST_DAYS]}
    return render(request, "seoul_portal/rules.html", needs)


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
