"""The written table of committees: everybody reads, their office runs them, seats have links."""

from tests.matrix.addresses import (
    CASE,
    IN_CHARGE,
    NO,
    OFFICERS,
    TOKEN,
    Address,
    everybody,
    inside,
    page,
    posted,
)

COMMITTEE = r"^committees/(?P<slug>[-a-z0-9]{1,50})/"
SEAT = rf"^committees/seat/(?P<pk>\d{{1,18}})/{TOKEN}"
JUDGE = rf"{SEAT}done/(?P<code>[A-Z]-\d{{4}}-\d{{6,12}})/$"
NUMBER = r"reports/(?P<number>\d{1,4})/$"
OURS, MINE = "/committees/{committee.slug}/", "/committees/seat/{seat.pk}/{seat.token}/"
FORGED = "/committees/seat/{seat.pk}/{wrong}/"
ASKS = r"^confirm/seat/(?P<pk>\d{1,18})/" + TOKEN + "$"
ASK = "/confirm/seat/{asked_seat.pk}/{asked_seat.token}/"
SEES = IN_CHARGE | {"mayor", "auditor"}
FORMERS = OFFICERS - {"auditor", "administrator"}
FOUNDING = {
    "code": "{in_committee}",
    "office": "{roads}",
    "name_ko": "새 위원회",
    "name_en": "New committee",
    "slug": "brand-new",
    "purpose_ko": "함께",
    "purpose_en": "together",
}
SAID = {"text": "왜 두 노선뿐인가요?", "client_key": "{key}"}
WORDS = {"version": "0", "hours": "1", "no_change": "on", "because": "기다립니다"}


def anyone(route: str, path: str, get: int, post: int, **form: str) -> Address:
    """By what one knows, whoever one is."""
    return Address(route, path, everybody(get), everybody(post), NO, form)


def act(name: str, form: dict[str, str], *, on: str = "committee") -> Address:
    """A button on the page of a committee."""
    route = "admin/committee/<int:pk>/<slug:name>/"
    path = f"/admin/committee/{{{on}.pk}}/{name}/"
    typed = {"version": f"{{{on}.version}}", **form}
    return Address(route, path, inside(OFFICERS, 405), posted(IN_CHARGE, 302),
                   posted(OFFICERS, 405), typed)  # fmt: skip


def desk(route: str, allowed: set[str]) -> Address:
    """A page of the desk that only reads."""
    return Address(f"admin/{route}", f"/admin/{route}", inside(allowed, 200),
                   posted(OFFICERS, 405), posted(OFFICERS, 405))  # fmt: skip


COMMITTEES = [
    page("committees/"),
    page(rf"{COMMITTEE}$", OURS),
    anyone(rf"{COMMITTEE}$", "/committees/nowhere/", 404, 405),
    page(rf"{COMMITTEE}dates\.ics$", f"{OURS}dates.ics"),
    anyone(rf"{COMMITTEE}{NUMBER}", f"{OURS}reports/1/", 200, 422),
    anyone(rf"{COMMITTEE}{NUMBER}", f"{OURS}reports/1/", 200, 302, **SAID),
    anyone(rf"{COMMITTEE}{NUMBER}", f"{OURS}reports/2/", 404, 404),
    anyone(rf"^{CASE}{NUMBER}", "/s/{direct}/reports/1/", 200, 302, **SAID),
    anyone(rf"^{CASE}{NUMBER}", "/s/{in_committee}/reports/1/", 404, 404),
    anyone(rf"{SEAT}$", MINE, 200, 405),
    anyone(rf"{SEAT}$", FORGED, 404, 405),
    anyone(rf"{SEAT}{NUMBER}", f"{MINE}reports/2/", 200, 302, **WORDS),
    anyone(rf"{SEAT}{NUMBER}", f"{MINE}reports/1/", 404, 404),
    anyone(rf"{SEAT}{NUMBER}", f"{FORGED}reports/2/", 404, 404),
    Address(rf"{SEAT}opinion/(?P<proposal>\d{{1,18}})/$", f"{MINE}opinion/{{proposal.pk}}/", NO,
            everybody(302), NO, {"concurs": "yes"}),
    Address(rf"{SEAT}opinion/(?P<proposal>\d{{1,18}})/$", f"{MINE}opinion/{{proposal.pk}}/", NO,
            everybody(422), NO),
    anyone(JUDGE, f"{MINE}done/{{in_committee}}/", 200, 409, act="confirm"),
    anyone(JUDGE, f"{FORGED}done/{{in_committee}}/", 404, 404, act="confirm"),
    anyone(JUDGE, f"{MINE}done/{{direct}}/", 403, 403, act="confirm"),
    anyone(rf"{SEAT}data/$", f"{MINE}data/", 200, 405),
    anyone(rf"{SEAT}data/$", f"{FORGED}data/", 404, 405),
    anyone(rf"{SEAT}leave/$", f"{MINE}leave/", 200, 200, act="forget"),
    anyone(rf"{SEAT}leave/$", f"{FORGED}leave/", 404, 404),
    anyone(ASKS, ASK, 200, 302),
    anyone(ASKS, ASK, 200, 200, act="refuse"),
    anyone(ASKS, "/confirm/seat/{asked_seat.pk}/{wrong}/", 404, 404),
    desk("committees/", OFFICERS),
    Address("admin/committee/new/", "/admin/committee/new/", inside(FORMERS, 200),
            {**posted(IN_CHARGE, 302, 422), "auditor": 403, "administrator": 403},
            posted(OFFICERS, 405), FOUNDING),
    Address("admin/committee/<int:pk>/", "/admin/committee/{committee.pk}/", inside(SEES, 200),
            posted(OFFICERS, 405), posted(OFFICERS, 405)),
    act("office", {"office": "{water}"}),
    act("person", {"side": "expert", "name": "박지호", "language": "ko", "consent": "서면"}),
    act("end-seat", {"seat": "{seat.pk}"}),
    act("meeting", {"starts_at": "2030-01-07 14:00", "place": "시민청", "agenda": "노선"}),
    act("closing", {}),
    desk("reports/load/", OFFICERS),
    Address("admin/reports/due/", "/admin/reports/due/", inside(OFFICERS, 200),
            posted(set(), 302, 404), posted(OFFICERS, 405), {}),
    Address("admin/reports/due/", "/admin/reports/due/", inside(OFFICERS, 200),
            posted(IN_CHARGE, 302), posted(OFFICERS, 405),
            {**WORDS, "report": "{report.pk}", "act": "publish"}),
]  # fmt: skip
