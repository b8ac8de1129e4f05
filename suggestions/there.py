"""What there is of a suggestion, in one question: its page then asks only for what it will show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Func, IntegerField, OuterRef, QuerySet

from channels_app.models import Attachment, Follow, Message
from suggestions.models import CoAuthor, Comment, Stance, Suggestion, Version

# Rows that point at a suggestion, by the names it has for them.
KINDS = (
    "milestones",
    "paper",
    "invalidations",
    "appeals",
    "answers",
    "claims",
    "promises",
    "reminders",
    "items",
    "mandates",
    "obstacles",
    "memberships",
    "summary",
    "budget",
)
COUNTS = ("followers", "joined", "versions", "coauthors")
MOST_COUNTED = 1000  # followers; of more the page says only that


@dataclass(frozen=True)
class There:
    """Of which kinds there are rows; how many follow it, are joined, write along, take which side.

    `versions` are those that everyone can read.
    """

    kinds: frozenset[str]
    followers: int
    joined: int
    versions: int
    coauthors: int
    stances: Mapping[str, int]

    def has(self, kind: str) -> bool:
        """Rows of this kind."""
        return kind in self.kinds

    def has_any(self, kinds: Iterable[str]) -> bool:
        """Rows of one of these; where nothing is named, nothing is asked for."""
        wanted = set(kinds)
        return not wanted or bool(wanted & self.kinds)


def there_is(suggestion: Suggestion) -> There:
    """One query, however much there is."""
    own = {"suggestion": OuterRef("pk")}
    followers = Follow.objects.active().filter(topic=OuterRef("topic"))
    versions = Version.objects.shown().exclude(masked_text="")
    coauthors = CoAuthor.objects.filter(joined_at__isnull=False, left_at=None)
    comments = Comment.objects.shown().first_words()
    asked: dict[str, Any] = {
        **{f"has_{kind}": Exists(_rows_of(kind)) for kind in KINDS},
        "has_photos": Exists(Attachment.objects.filter(message=OuterRef("message"))),
        "n_followers": how_many(followers, most=MOST_COUNTED + 1),
        "n_joined": how_many(Message.objects.filter(lead=OuterRef("message"))),
        "n_versions": how_many(versions.filter(**own)),
        "n_coauthors": how_many(coauthors.filter(**own)),
        **{
            f"takes_{stance}": how_many(comments.filter(stance=stance, **own))
            for stance in Stance.values
        },
    }
    rows: Any = Suggestion.objects.filter(pk=suggestion.pk).order_by()
    found: dict[str, Any] = rows.values(**asked).get()
    kinds = (kind for kind in (*KINDS, "photos") if found[f"has_{kind}"])
    counts = {name: found[f"n_{name}"] for name in COUNTS}
    stances = {stance: found[f"takes_{stance}"] for stance in Stance.values}
    return There(kinds=frozenset(kinds), stances=stances, **counts)


def how_many(rows: QuerySet[Any, Any], *, most: int | None = None) -> Func:
    """The number of these rows as a column of another query; they name it by OuterRef."""
    keys = ArraySubquery(rows.order_by().values("pk")[:most])
    return Func(keys, function="cardinality", output_field=IntegerField())


def _rows_of(kind: str) -> QuerySet[Any, Any]:
    relation: Any = Suggestion._meta.get_field(kind)
    rows: QuerySet[Any, Any] = relation.related_model._default_manager.order_by()
    return rows.filter(suggestion=OuterRef("pk"))
