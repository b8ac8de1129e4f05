"""Answers to suggestions, their surveys, and promises: who may open what."""

from collections.abc import Mapping

from tests.matrix.addresses import (
    CASE,
    NO,
    OFFICERS,
    TOKEN,
    Address,
    Cell,
    everybody,
    inside,
    of_case,
    page,
    posted,
)

TYPED = {"text": "아직 안 됐어요"}
RATED = {"clear": "yes", "heard": "no"}
SURVEYED = {"there": "yes", "helps": "4"}
SURVEY = rf"^confirm/survey/(?P<pk>\d{{1,18}})/{TOKEN}$"
NOWHERE = everybody(404)
READ_ONLY = posted(OFFICERS, 405)
ACTING: set[str] = OFFICERS - {"auditor", "administrator"}
DESK = "/admin/promises/"
SPOKEN = {
    "words": "길을 고치겠습니다",
    "said_on": "{today:%Y-%m-%d}",
    "said_at": "press",
    "speaker": "{mayors}",
}
ACCEPTED = {
    "act": "accept",
    "version": "0",
    "office": "{roads}",
    "finish_on": "{tomorrow:%Y-%m-%d}",
}
SETTLED = {"act": "settle", "version": "1", "end": "kept", "end_words": "고쳤습니다"}

HEADS_NONE = dict.fromkeys(("jun", "auditor", "administrator"), 403)


def way(name: str, idea: str, post: int, form: dict[str, str]) -> Address:
    """A page of its author with one POST."""
    path = f"/s/{{{idea}}}/{{{idea}.message.token}}/{name}/"
    return Address(rf"^{CASE}{TOKEN}{name}/$", path, everybody(200), everybody(post), NO, form)


def stranger(name: str, idea: str, knows: str = "wrong") -> Address:
    """Without its token there is nothing."""
    path = f"/s/{{{idea}}}/{{{knows}}}/{name}/"
    return of_case(rf"{TOKEN}{name}/", path, 404, post=404)


def surveyed(knows: str, status: int, post: int) -> Address:
    """By the link in a mail."""
    path = f"/confirm/survey/{{survey.pk}}/{{{knows}}}/"
    return Address(SURVEY, path, everybody(status), everybody(post), NO, SURVEYED)


def at_desk(path: str, post: Cell, form: Mapping[str, str]) -> Address:
    """One promise, as every officer may look at it."""
    return Address("admin/promises/<int:pk>/", path, inside(OFFICERS, 200), post, READ_ONLY, form)


OF_ANSWERS: list[Address] = [
    way("is-done", "claimed", 302, {}),
    way("is-done", "declined", 409, {}),
    way("not-done", "claimed", 302, TYPED),
    way("not-done", "claimed", 422, {}),
    way("not-done", "declined", 409, TYPED),
    way("rate-answer", "declined", 302, RATED),
    way("rate-answer", "claimed", 409, RATED),
    *[stranger(name, "claimed") for name in ("is-done", "not-done", "rate-answer")],
    stranger("is-done", "claimed", "routed.token"),
    stranger("is-done", "routed", "routed.token"),  # no suggestion
    surveyed("survey.token", 200, 200),
    surveyed("wrong", 404, 404),
    page("promises/"),
    page("promises/", "/promises/?show=overdue"),
    page("promises/<int:pk>/", "/promises/{made.pk}/"),
    Address("promises/<int:pk>/", "/promises/999999999/", NOWHERE, NO, NO),
    Address("admin/promises/", DESK, inside(OFFICERS, 200), posted(OFFICERS, 422), READ_ONLY),
    # Of one's own office, else the form does not offer it.
    Address("admin/promises/", DESK, inside(OFFICERS, 200), posted({"mayor"}, 302, 422),
            READ_ONLY, SPOKEN),
    # Whoever heads some other office is not offered this one.
    at_desk(f"{DESK}{{made.pk}}/", {**posted({"head"}, 302, 422), **HEADS_NONE}, ACCEPTED),
    at_desk(f"{DESK}{{taken.pk}}/", posted({"head"}, 302), SETTLED),
    at_desk(f"{DESK}{{taken.pk}}/", posted(OFFICERS, 200), {}),
    Address("admin/promises/<int:pk>/", f"{DESK}999999999/", inside(OFFICERS, 404),
            posted(OFFICERS, 404), READ_ONLY),
]  # fmt: skip
