"""Discussions: read and joined by all, decided by moderators; policies, kept by their office."""

from tests.matrix.addresses import (
    CASE,
    IN_CHARGE,
    NO,
    OFFICERS,
    TOKEN,
    Address,
    Cell,
    everybody,
    inside,
    of_case,
    posted,
)

KEY = r"(?P<pk>\d{1,18})/"
SAID = {
    "stance": "for",
    "text": "꼭 필요해요",
    "mail": "dami@example.org",
    "client_key": "{key}",
}
TALK, OWN = "/s/{discussed}/talk/", "/s/{discussed}/{discussed_token}/"
MODERATORS = {"centre"}
REPORT = rf"talk/{KEY}report/"


def talk(path: str, get: int, post: int, **form: str) -> Address:
    """The page of the discussion, and what is typed there."""
    return Address(rf"^{CASE}talk/$", path, everybody(get), everybody(post), NO, form)


def own(end: str, get: int, post: int, **form: str) -> Address:
    """Below the private link of its author."""
    route = rf"^{CASE}{TOKEN}{end}/$"
    return Address(route, f"{OWN}{end}/", everybody(get), everybody(post), NO, form)


def by_mail(name: str, link: str, status: int, end: str = "", **form: str) -> Address:
    """Below the key and the token of a mail."""
    route, path = rf"^confirm/{name}/{KEY}{TOKEN}{end}$", f"/confirm/{name}/{link}/{end}"
    return Address(route, path, everybody(status), everybody((form and 200) or status), NO, form)


def file_of(link: str, status: int) -> Address:
    """What is held about the owner of a link."""
    return Address(rf"^confirm/data/{KEY}{TOKEN}$", f"/confirm/data/{link}/", everybody(status),
                   NO, NO)  # fmt: skip


def verdict(verb: str, row: str, **form: str) -> Address:
    """One press of a moderator."""
    route, path = "admin/comments/<slug:verb>/<int:pk>/", f"/admin/comments/{verb}/{{{row}.pk}}/"
    never = posted(OFFICERS, 405)
    return Address(route, path, inside(OFFICERS, 405), posted(MODERATORS, 302), never, form)


KEEPERS: set[str] = IN_CHARGE | {"administrator"}
HOLDERS: set[str] = OFFICERS - {"auditor"}
READERS: set[str] = KEEPERS | {"auditor"}


def of_row(cell: Cell) -> Cell:
    """Another office's row is not there: back to the list of records."""
    return {**cell, **dict.fromkeys(HOLDERS - KEEPERS, 302)}


def record(table: str, end: str, get: Cell, post: Cell) -> Address:
    """One address of what offices keep: policies, lines of budgets."""
    path = f"/admin/suggestions/{table}/{end}".replace("<path:object_id>", f"{{{table}}}")
    return Address(f"admin/suggestions/{table}/{end}", path, get, post)


def kept(table: str) -> list[Address]:
    """All of them."""
    one = "<path:object_id>"
    return [
        record(table, "", inside(OFFICERS, 200), posted(OFFICERS, 200)),
        record(table, "add/", inside(HOLDERS, 200), posted(HOLDERS, 200)),
        record(table, f"{one}/history/", of_row(inside(READERS, 200)),
               of_row(posted(READERS, 200))),
        record(table, f"{one}/delete/", inside(set(), 200), posted(set(), 200)),
        record(table, f"{one}/change/", of_row(inside(READERS, 200)), of_row(posted(KEEPERS, 200))),
        record(table, f"{one}/", inside(OFFICERS, 302), posted(OFFICERS, 302)),
    ]  # fmt: skip


TALKED = [
    Address("oasis/known/", "/oasis/known/", NO, everybody(200), NO, {"text": "심야버스"}),
    talk(TALK, 200, 422),
    talk(TALK, 200, 200, **SAID),
    talk(f"{TALK}?answer={{comment.pk}}", 200, 200, **SAID),
    talk(f"{TALK}?thread={{comment.pk}}", 200, 422),
    talk(f"{TALK}?answer=999999999", 404, 404),
    talk("/s/{private}/talk/", 404, 404),
    talk("/s/{unknown}/talk/", 404, 404),
    of_case(REPORT, "/s/{discussed}/talk/{comment.pk}/report/", 200, post=200),
    of_case(REPORT, "/s/{discussed}/talk/999999999/report/", 404, post=404),
    of_case("versions/", "/s/{discussed}/versions/", 200),
    of_case("versions/", "/s/{routed}/versions/", 404),
    own("talk", 200, 422),
    own("talk", 200, 302, stance="for", text="네"),
    own("rewrite", 200, 422),
    own("rewrite", 200, 302, text="심야버스 아홉 노선을 운행해 주세요"),
    own("coauthors", 200, 422),
    own("coauthors", 200, 200, mail="friend@example.org"),
    Address(rf"^{CASE}{TOKEN}talk/$", "/s/{discussed}/{wrong}/talk/", everybody(404),
            everybody(404), NO),
    Address(rf"^{CASE}{TOKEN}rewrite/$", "/s/{discussed}/{wrong}/rewrite/", everybody(404),
            everybody(404), NO),
    Address(rf"^{CASE}{TOKEN}coauthors/$", "/s/{discussed}/{wrong}/coauthors/", everybody(404),
            everybody(404), NO),
    by_mail("comment", "{unsaid.pk}/{unsaid.token}", 200, act="confirm"),
    by_mail("comment", "{unsaid.pk}/{unsaid.token}", 200, act="refuse"),
    by_mail("comment", "{unsaid.pk}/{wrong}", 404),
    by_mail("coauthor", "{friend_link.pk}/{friend_link.token}", 200, act="confirm"),
    by_mail("coauthor", "{unsaid.pk}/{unsaid.token}", 404),
    Address(rf"^confirm/support/{KEY}{TOKEN}move/$",
            "/confirm/support/{support_link.pk}/{support_link.token}/move/", everybody(200),
            everybody(409), NO),
    by_mail("support", "{unsaid.pk}/{unsaid.token}", 404, "move/"),
    file_of("{support_link.pk}/{support_link.token}", 200),
    file_of("{unsaid.pk}/{unsaid.token}", 200),
    file_of("{unsaid.pk}/{wrong}", 404),
    Address("admin/comments/", "/admin/comments/", inside(MODERATORS, 200), posted(OFFICERS, 405),
            posted(OFFICERS, 405)),
    verdict("hide", "comment", reason="abuse"),
    verdict("expert", "comment"),
    verdict("same", "alike"),
    verdict("different", "alike"),
    Address("budget/", "/budget/", everybody(200), NO, NO),
    *kept("policy"),
    *kept("budgetrow"),
]  # fmt: skip
