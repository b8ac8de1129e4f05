"""What a first visitor finds of discussions: told once, and every list has something to show."""

import pytest

from lifecycle import clock
from seoul_portal.demo import talking
from suggestions.models import Cluster, Comment, Policy, Suggestion
from tests.people import factories as people

pytestmark = pytest.mark.django_db


def test_it_is_told_once_however_often_it_is_played() -> None:
    people.centre()
    people.make_office("attentive-listening")
    people.make_office(talking.STOPS)

    talking.play(clock.now())
    first = (Comment.objects.count(), Suggestion.objects.count(), Policy.objects.count())
    talking.play(clock.now())

    assert first == (7, 2, 2)
    assert (Comment.objects.count(), Suggestion.objects.count(), Policy.objects.count()) == first
    cluster = Cluster.objects.get()
    assert (cluster.people, cluster.lead.versions.count()) == (40, 2)
    assert Comment.objects.undecided().count() == 1
