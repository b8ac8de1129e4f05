"""The written table of routing: the dry run, parts of other offices, duties of the boroughs."""

from tests.matrix.addresses import (
    ALL,
    IN_CHARGE,
    MAY_SEE,
    OFFICERS,
    Address,
    button,
    desk_case,
    inside,
    of_record,
    posted,
)

DRY = "/admin/routing/dry-run/"
KEEPERS = {"centre", "administrator"}
ROUTING = [
    Address("admin/routing/dry-run/", DRY, inside(KEEPERS, 200), posted(OFFICERS, 405),
            posted(OFFICERS, 405)),
    Address("admin/routing/dry-run/", f"{DRY}?last=100&row0-words=x&", inside(KEEPERS, 422),
            posted(OFFICERS, 405), posted(OFFICERS, 405)),
    desk_case("asked", MAY_SEE | {"sora"}),
    button("ask-office", "routed", IN_CHARGE, office="{water}", question="관이 새나요?"),
    button("answer-part", "asked", {"sora"}, part="새지 않아요"),
    *of_record(
        "channels_app/boroughduty", {"administrator": ALL, "centre": ALL, "auditor": "view"}
    ),
]  # fmt: skip
