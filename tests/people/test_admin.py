"""The record pages: who may see, add, change and delete what; and what they do."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.test import Client, RequestFactory

from channels_app.models import Account, ApiClient, BoroughDuty, Delivery, Reading, RoutingRule
from desk.models import CannedText
from lifecycle import rules
from lifecycle.models import Holiday, Rule
from people.models import Appointment, Office, Role, User
from suggestions.models import (
    BudgetRow,
    Invalidation,
    Milestone,
    PaperSignatures,
    Policy,
    Suggestion,
    Support,
)
from tests.people.factories import (
    administrator,
    appoint,
    auditor,
    centre_officer,
    head_of,
    make_office,
    make_user,
    mayors_officer,
    officer_of,
    signed_in_client,
)

pytestmark = pytest.mark.django_db

VERBS = ("view", "add", "change", "delete")
PEOPLE: dict[str, Callable[[], User]] = {
    "administrator": administrator,
    "auditor": auditor,
    "centre": centre_officer,
    "mayor": mayors_officer,
    "officer": lambda: officer_of(make_office("bus-policy")),
    "listener": lambda: officer_of(make_office("attentive-listening")),
    "head": lambda: head_of(make_office("bus-policy")),
    "citizen": make_user,
}
# model → who → verbs; who is not named may do nothing
MATRIX: dict[type[Any], dict[str, str]] = {
    User: {"administrator": "view add change", "auditor": "view"},
    Office: {"administrator": "view add change", "auditor": "view"},
    Appointment: {"administrator": "view add", "auditor": "view"},
    Rule: {"administrator": "view add", "auditor": "view"},
    Holiday: {"administrator": "view add", "auditor": "view"},
    RoutingRule: {
        "administrator": "view add change delete",
        "centre": "view add change delete",
        "auditor": "view",
    },
    BoroughDuty: {
        "administrator": "view add change delete",
        "centre": "view add change delete",
        "auditor": "view",
    },
    ApiClient: {"administrator": "view add change", "auditor": "view"},
    CannedText: {
        "auditor": "view",
        **dict.fromkeys(
            ("administrator", "centre", "mayor", "officer", "head", "listener"),
            "view add change delete",
        ),
    },
    **{
        kept: {
            "auditor": "view",
            **dict.fromkeys(
                ("administrator", "centre", "mayor", "officer", "head", "listener"),
                "view add change",
            ),
        }
        for kept in (Policy, BudgetRow)
    },
    Account: {"auditor": "view", "administrator": "view add change"},
    Reading: {"auditor": "view"},
    Delivery: {"auditor": "view"},
    Authenticator: {},
    **{
        record: {"auditor": "view", "centre": "view", "listener": "view"}
        for record in (Suggestion, Support, Milestone, Invalidation, PaperSignatures)
    },
}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("model", MATRIX)
def test_who_may_do_what_with_which_record(model: type[Any], who: str) -> None:
    request = RequestFactory().get("/admin/")
    request.user = PEOPLE[who]()
    page = admin.site._registry[model]

    granted = {verb for verb in VERBS if getattr(page, f"has_{verb}_permission")(request)}

    assert granted == set(MATRIX[model].get(who, "").split())


def test_every_other_registered_record_is_closed_to_everybody() -> None:
    everybody = [make() for make in PEOPLE.values()]

    for model in set(admin.site._registry) - set(MATRIX):
        for verb in VERBS:
            perm = f"{model._meta.app_label}.{verb}_{model._meta.model_name}"
            assert not any(user.has_perm(perm) for user in everybody), perm


@pytest.mark.parametrize(
    "who", ["administrator", "auditor", "centre", "officer", "mayor", "listener"]
)
def test_the_index_shows_exactly_what_opens(who: str) -> None:
    client = signed_in_client(PEOPLE[who]())

    shown = client.get("/admin/").context["app_list"]

    listed = {model["model"] for app in shown for model in app["models"]}
    assert listed == {model for model, held in MATRIX.items() if who in held}
    for app in shown:
        for model in app["models"]:
            assert client.get(model["admin_url"]).status_code == 200


def test_nobody_sees_a_password_or_sets_one() -> None:
    client = signed_in_client(administrator())
    user = make_user()

    for page in ("/admin/people/user/add/", f"/admin/people/user/{user.pk}/change/"):
        html = client.get(page).content.decode()
        assert 'type="password"' not in html
        assert "scrypt" not in html


def test_a_new_person_signs_in_by_mail_only() -> None:
    client = signed_in_client(administrator())

    client.post(
        "/admin/people/user/add/", {"email": "Jun@Example.org", "name": "준", "is_active": "on"}
    )

    user = User.objects.get(email="jun@example.org")
    assert not user.has_usable_password()
    assert not user.is_staff


def test_the_address_of_a_person_stays() -> None:
    client, user = signed_in_client(administrator()), make_user("jun@example.org")

    client.post(
        f"/admin/people/user/{user.pk}/change/",
        {"email": "thief@example.org", "name": "준", "is_active": "on"},
    )

    user.refresh_from_db()
    assert (user.email, user.name) == ("jun@example.org", "준")


def _appoint_by_form(client: Client, **typed: Any) -> Any:
    office = make_office("bus-policy")
    form = {"email": "", "office": office.pk, "role": Role.HEAD, "since": "", **typed}
    return client.post("/admin/people/appointment/add/", form)


def test_appointing_goes_through_the_action_and_remembers_who_did_it() -> None:
    by, user = administrator(), make_user()
    client = signed_in_client(by)

    page = _appoint_by_form(client, email=user.email.upper())

    assert page.status_code == 302
    made = Appointment.objects.get(user=user)
    assert (made.office.slug, made.role, made.until) == ("bus-policy", "head", None)
    event = made.events.get()  # type: ignore[attr-defined]  # added by pghistory
    assert event.pgh_context.metadata["user"] == by.pk


def test_appointing_somebody_unknown_says_so() -> None:
    page = _appoint_by_form(signed_in_client(administrator()), email="nobody@example.org")

    assert page.status_code == 200
    assert "email" in page.context["adminform"].errors


def test_a_post_may_begin_later() -> None:
    user = make_user()

    _appoint_by_form(signed_in_client(administrator()), email=user.email, since="2099-01-02T09:00")

    assert Appointment.objects.get(user=user).since.isoformat() == "2099-01-02T00:00:00+00:00"
    assert not user.is_staff


def _relieve(client: Client, *posts: Appointment) -> Any:
    return client.post(
        "/admin/people/appointment/",
        {"action": "relieve", "_selected_action": [post.pk for post in posts]},
        follow=True,
    )


def test_relieving_from_the_list_ends_posts_and_sessions() -> None:
    user = officer_of(make_office("bus-policy"))
    officer = signed_in_client(user)

    page = _relieve(signed_in_client(administrator()), user.appointments.get())

    assert page.status_code == 200
    assert not Appointment.objects.current().filter(user=user).exists()
    assert officer.get("/me/").status_code == 302


def test_nobody_relieves_themselves() -> None:
    by = administrator()
    client = signed_in_client(by)

    page = _relieve(client, by.appointments.get())

    assert "error" in [message.level_tag for message in page.context["messages"]]
    assert client.get("/admin/").status_code == 200


def test_an_auditor_can_not_relieve() -> None:
    post = appoint(make_user(), make_office("bus-policy"))

    _relieve(signed_in_client(auditor()), post)

    assert Appointment.objects.current().filter(pk=post.pk).exists()


@pytest.mark.parametrize("field", ["office", "role", "since"])
def test_an_appointment_is_not_edited(field: str) -> None:
    post = appoint(make_user(), make_office("bus-policy"))

    page = signed_in_client(administrator()).post(
        f"/admin/people/appointment/{post.pk}/change/", {field: "1"}
    )

    assert page.status_code == 403


def _amend(**typed: str) -> Any:
    form = {"name": "answer.question", "to": "2", "reason": "성탄절 뒤 사람이 적습니다.", **typed}
    return signed_in_client(administrator()).post("/admin/lifecycle/rule/add/", form)


def test_a_rule_is_amended_with_its_reason(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = _amend()

    assert page.status_code == 302
    rule = Rule.objects.get()
    assert (rule.name, rule.value, rule.reason) == (
        "answer.question",
        2,
        "성탄절 뒤 사람이 적습니다.",
    )
    assert rules.declared()["answer.question"].value() == 2


@pytest.mark.parametrize(
    ("field", "value"), [("to", "soon"), ("to", "-1"), ("reason", ""), ("name", "no.such.rule")]
)
def test_a_rule_that_does_not_fit_comes_back_with_words(field: str, value: str) -> None:
    page = _amend(**{field: value})

    assert page.status_code == 200
    assert set(page.context["adminform"].errors) == {field}
    assert not Rule.objects.exists()


def _declare(**typed: str) -> Any:
    form = {"day": "2099-05-04", "name_ko": "임시 공휴일", "name_en": "A free day", **typed}
    return signed_in_client(administrator()).post("/admin/lifecycle/holiday/add/", form)


def test_a_holiday_is_declared_and_taken_back() -> None:
    assert _declare().status_code == 302
    assert _declare(works="on").status_code == 302

    rows = Holiday.objects.order_by("id").values_list("works", "name_en", "recounted_at")
    assert list(rows) == [(False, "A free day", None), (True, "A free day", None)]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("day", {"day": "2020-05-04"}),  # has passed
        ("day", {"day": "2099-05-05"}),  # a public holiday of every year
        ("day", {"works": "on"}),  # a working day of every year
        ("day", {"day": "soon"}),
        ("name_ko", {"name_ko": ""}),
    ],
)
def test_a_day_that_changes_nothing_comes_back_with_words(
    field: str, typed: dict[str, str]
) -> None:
    page = _declare(**typed)

    assert page.status_code == 200
    assert set(page.context["adminform"].errors) == {field}
    assert "A free day" in page.content.decode()
    assert not Holiday.objects.exists()


def test_the_centre_keeps_the_keywords() -> None:
    office = make_office("bus-policy")
    form = {"office": office.pk, "words": "굴절버스", "pattern": "", "points": "3", "active": "on"}

    page = signed_in_client(centre_officer()).post("/admin/channels_app/routingrule/add/", form)

    assert page.status_code == 302
    assert RoutingRule.objects.filter(words="굴절버스", office=office).exists()


def test_a_keyword_without_words_and_pattern_comes_back() -> None:
    form = {"office": make_office("bus-policy").pk, "words": "", "pattern": "", "points": "3"}

    page = signed_in_client(centre_officer()).post("/admin/channels_app/routingrule/add/", form)

    assert page.status_code == 200
    assert not RoutingRule.objects.filter(words="", pattern="").exists()


@pytest.mark.parametrize(
    "page", ["people/user", "people/office", "people/appointment", "channels_app/routingrule"]
)
def test_a_list_costs_the_same_for_one_row_and_for_forty(
    page: str, django_assert_max_num_queries: Any
) -> None:
    client = signed_in_client(administrator())
    for number in range(40):
        officer_of(make_office(f"office-{number}"))

    with django_assert_max_num_queries(15):
        assert client.get(f"/admin/{page}/").status_code == 200
