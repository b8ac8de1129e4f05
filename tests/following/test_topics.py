"""A topic is what people follow: one for each public message, and it follows its message."""

import pytest
from pytest_django import DjangoAssertNumQueries

from channels_app import actions, tasks
from channels_app.models import HeldReason, Message, Topic
from tests.channels_app.factories import receive
from tests.following.readers import roads, route, sweep
from tests.people import factories as people

pytestmark = pytest.mark.django_db


def unlike() -> list[str]:
    """Every message whose topic is not what it has to be."""
    wrong = []
    for message in Message.objects.select_related("topic"):
        topic = message.topic
        if message.is_public and (topic is None or not topic.shown or topic.code != message.code):
            wrong.append(f"{message.code}: public without its topic")
        if not message.is_public and topic is not None and topic.shown:
            wrong.append(f"{message.code}: {message.publication} with a topic that is shown")
        if topic is not None and message.is_public and topic.office_id != message.office_id:
            wrong.append(f"{message.code}: the topic names another office")
    return wrong


def test_after_the_sweeps_every_public_message_has_exactly_one_topic_that_is_shown() -> None:
    said = [receive() for _n in range(6)] + [receive(public=False), receive(held=HeldReason.TONE)]
    sweep()
    office = roads()
    route(said[0], office)
    actions.hide(said[1], reason="personal", by=people.centre_officer())
    actions.report(said[2])
    actions.show(Message.objects.get(pk=said[7].pk), by=people.centre_officer())
    actions.erase_message(said[3], by=None, withdraw=True)
    actions.erase_message(said[4], by=None)

    sweep()
    sweep()

    assert unlike() == []
    assert Topic.objects.shown().count() == Message.objects.public().count() == 4
    assert Topic.objects.get(code=said[0].code).office == office


def test_what_is_hidden_leaves_its_topic_at_once_and_comes_back() -> None:
    message = receive()
    tasks.open_topics()

    actions.report(message)
    hidden = Topic.objects.get(code=message.code)
    actions.show(Message.objects.get(pk=message.pk), by=people.centre_officer())
    shown = Topic.objects.get(code=message.code)

    assert not hidden.shown
    assert shown.shown


def test_a_topic_holds_masked_words_and_none_once_they_are_withdrawn() -> None:
    message = receive(text="문의는 010-1234-5678로 주세요. 가로등이 꺼졌어요.")
    tasks.open_topics()
    topic = Topic.objects.get(code=message.code)
    assert "-1234" not in topic.title + topic.text

    actions.erase_message(message, by=None, withdraw=True)

    topic.refresh_from_db()
    assert (topic.title, topic.text, topic.shown) == ("", "", False)


def test_the_sweep_costs_the_same_for_two_and_for_fifty(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _n in range(50):
        receive()
    pks = list(Message.objects.without_topic().values_list("pk", flat=True))

    with django_assert_max_num_queries(5):
        actions.open_topics(pks)

    assert not Message.objects.without_topic().exists()
