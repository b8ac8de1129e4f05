"""The written table of the desk: the list, what is done to many, whose turn it is."""

from tests.matrix.addresses import (
    CASE,
    IN_CHARGE,
    MAY_SEE,
    OFFICERS,
    OWN_BUSINESS,
    Address,
    button,
    inside,
    posted,
)

ACTING: set[str] = OFFICERS - {"auditor", "administrator"}
READ_ONLY = posted(OFFICERS, 405)
JUNS: set[str] = {"jun"}

TRIAGE = [
    Address("admin/triage/", "/admin/triage/", inside(OFFICERS, 200), READ_ONLY, READ_ONLY),
    Address("admin/triage/", "/admin/triage/?show=all&kind=complaint", inside(OFFICERS, 200),
            READ_ONLY, READ_ONLY),
    Address("admin/queue/", "/admin/queue/", inside(OFFICERS, 301), READ_ONLY, READ_ONLY),
    Address("admin/triage/pulse/", "/admin/triage/pulse/?show=all", inside(OFFICERS, 200),
            READ_ONLY, READ_ONLY),
    Address("admin/triage/pulse/", "/admin/triage/pulse/?case={at_water}",
            inside(OFFICERS - (IN_CHARGE | {"borough", "administrator"}), 200), READ_ONLY,
            READ_ONLY),
    Address("admin/triage/many/", "/admin/triage/many/", inside(OFFICERS, 405),
            posted(ACTING, 302), READ_ONLY,
            {"chosen": "{routed}:{routed.version}", "verb": "route", "office": "{water}"}),
    Address("admin/triage/many/", "/admin/triage/many/", inside(OFFICERS, 405),
            posted(ACTING, 302), READ_ONLY, {"verb": "route"}),
    Address("admin/triage/undo/<int:pk>/", "/admin/triage/undo/{deed}/", inside(OFFICERS, 405),
            posted(JUNS, 302, 404), READ_ONLY),
    Address("admin/triage/views/", "/admin/triage/views/", inside(OFFICERS, 405),
            posted(OFFICERS, 302), READ_ONLY, {"name": "내 일"}),
    Address("admin/triage/views/<int:pk>/delete/", "/admin/triage/views/{savedview}/delete/",
            inside(OFFICERS, 405), posted(JUNS, 302, 404), READ_ONLY),
    Address(rf"admin/^case/{CASE[2:]}beside/$", "/admin/case/{routed}/beside/",
            inside(MAY_SEE, 200), READ_ONLY, READ_ONLY),
    button("note", "routed", OWN_BUSINESS, note="전화했습니다"),
    button("take", "routed", OWN_BUSINESS),
    button("let-go", "routed", OWN_BUSINESS),
    button("later", "routed", OWN_BUSINESS, day="{tomorrow}"),
    button("wake", "routed", OWN_BUSINESS),
    button("note", "at_water", {"centre", "sora"}, note="전화했습니다"),
]  # fmt: skip
