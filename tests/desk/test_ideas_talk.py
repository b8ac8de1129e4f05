"""What officers do with a discussion: each button, its form, whose it is and when."""

from typing import Any

import pytest

from desk.ideas.offer import Offer
from desk.ideas.talk import OFFERS
from people.models import Office, User
from suggestions import actions
from suggestions.models import Badge, Cluster, Suggestion
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
OFFER = {offer.name: offer for offer in OFFERS}


@pytest.fixture
def buses() -> Office:
    return people.make_office("buses")


@pytest.fixture
def idea(buses: Office) -> Suggestion:
    return ideas.opened(buses)


def offered(offer: Offer, idea: Suggestion, user: User) -> bool:
    idea = Suggestion.objects.get(pk=idea.pk)
    return offer.is_theirs(idea, user) and offer.is_time(idea)


def pressed(name: str, idea: Suggestion, user: User, **typed: str) -> Any:
    """The sentence afterwards, or what is wrong with the form."""
    idea, offer = Suggestion.objects.get(pk=idea.pk), OFFER[name]
    form = offer.form({"version": idea.version, **typed}).about(idea, user)
    if not form.is_valid():
        return form.errors
    return offer.act(idea, form.cleaned_data, user)


def test_an_officer_speaks_for_the_office(idea: Suggestion, buses: Office) -> None:
    jun = people.officer_of(buses)
    assert offered(OFFER["speak"], idea, jun)

    assert "text" in pressed("speak", idea, jun, stance="for", text=" ")
    pressed("speak", idea, jun, stance="improve", text="노선을 살펴봅니다.")

    comment = idea.comments.get()
    assert (comment.badge, comment.office) == (Badge.OFFICIAL, buses)


def test_the_summary_is_proposed_and_written_once_the_review_has_begun(
    idea: Suggestion, buses: Office
) -> None:
    jun, sum_up = people.officer_of(buses), OFFER["sum-up"]
    ideas.commented(idea, "밤에 일하는 사람이 많습니다.")
    assert not offered(sum_up, idea, jun)
    actions.pick(idea, reason="많은 시민이 바랍니다.", by=ideas.listener())
    assert offered(sum_up, idea, jun)

    proposed = sum_up.form().about(Suggestion.objects.get(pk=idea.pk), jun)
    assert proposed["arguments_for"].value() == "- 밤에 일하는 사람이 많습니다"
    assert "__all__" in pressed("sum-up", idea, jun)
    pressed("sum-up", idea, jun, arguments_for="밤에 일한다")

    again = sum_up.form().about(Suggestion.objects.get(pk=idea.pk), jun)
    assert again["arguments_for"].value() == "밤에 일한다"


def test_what_asks_for_the_same_is_joined_by_its_number_and_parted(
    idea: Suggestion, buses: Office
) -> None:
    other, moderator = ideas.opened(buses, f"{ideas.WORDS} 꼭이요"), ideas.listener()
    assert not offered(OFFER["put-in-cluster"], idea, people.officer_of(buses))
    assert not offered(OFFER["take-out"], idea, moderator)

    for wrong in ("", "S-2026-999999", idea.code):
        assert "other" in pressed("put-in-cluster", idea, moderator, other=wrong)
    pressed("put-in-cluster", idea, moderator, other=other.code.lower())

    assert Cluster.objects.of(idea).exists()
    assert offered(OFFER["take-out"], idea, moderator)
    pressed("take-out", idea, moderator)
    assert not Cluster.objects.of(idea).exists()
