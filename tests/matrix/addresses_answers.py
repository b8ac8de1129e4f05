"""The written table of answering: drafts, ready-made texts, the page of an office."""

from tests.matrix.addresses import (
    IN_CHARGE,
    MAY_SEE,
    OFFICERS,
    Address,
    Cell,
    button,
    inside,
    posted,
)

# Everybody who acts for an office keeps its texts; the row of the test is one of the roads'.
HOLDERS: set[str] = OFFICERS - {"auditor"}
KEEPERS: set[str] = IN_CHARGE | {"administrator"}
ELSEWHERE: set[str] = HOLDERS - KEEPERS
ROW, TEXTS = "{cannedtext}", "/admin/desk/cannedtext/"


def of_row(cell: Cell) -> Cell:
    """Another office's text is not there: back to the list of records."""
    return {**cell, **dict.fromkeys(ELSEWHERE, 302)}


def text(end: str, get: Cell, post: Cell) -> Address:
    """One address of the ready-made texts."""
    path = f"{TEXTS}{end}".replace("<path:object_id>", ROW)
    return Address(f"admin/desk/cannedtext/{end}", path, get, post)


READERS: set[str] = KEEPERS | {"auditor"}
ANSWERS = [
    Address("admin/office/<slug:slug>/", "/admin/office/roads-of-the-test/", inside(MAY_SEE, 200),
            posted(OFFICERS, 405), posted(OFFICERS, 405)),
    Address("admin/office/<slug:slug>/", "/admin/office/nowhere/", inside(OFFICERS, 404),
            posted(OFFICERS, 405), posted(OFFICERS, 405)),
    button("drop-draft", "routed", IN_CHARGE, draft="{draft}"),
    button("drop-draft", "at_water", {"sora"}, draft="{draft}"),
    button("answer", "routed", IN_CHARGE, act="save", answer="고쳤습니다"),
    text("", inside(OFFICERS, 200), posted(OFFICERS, 200)),
    text("add/", inside(HOLDERS, 200), posted(HOLDERS, 200)),
    text("<path:object_id>/history/", of_row(inside(READERS, 200)), of_row(posted(READERS, 200))),
    text("<path:object_id>/delete/", of_row(inside(KEEPERS, 200)), of_row(posted(KEEPERS, 200))),
    text("<path:object_id>/change/", of_row(inside(READERS, 200)), of_row(posted(KEEPERS, 200))),
    text("<path:object_id>/", inside(OFFICERS, 302), posted(OFFICERS, 302)),
]  # fmt: skip
