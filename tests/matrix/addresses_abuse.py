"""The publication desk: who acts for an office opens it, and decides on its own rows alone."""

from tests.matrix.addresses import OFFICERS, Address, inside, posted

ACTING = OFFICERS - {"auditor", "administrator"}
CARD = "{held}:{held.pk}"
ABUSE = [
    Address("admin/publication/", "/admin/publication/", inside(ACTING, 200),
            posted(OFFICERS, 405), posted(OFFICERS, 405)),
    Address("admin/publication/", "/admin/publication/?show=decided", inside(ACTING, 200),
            posted(OFFICERS, 405), posted(OFFICERS, 405)),
    Address("admin/publication/screen/", "/admin/publication/screen/", inside(OFFICERS, 405),
            posted(ACTING, 422), posted(OFFICERS, 405)),
    # Whose row it is not finds it gone; only the centre's press changes anything (test_held_acts).
    Address("admin/publication/screen/", "/admin/publication/screen/", inside(OFFICERS, 405),
            posted(ACTING, 302), posted(OFFICERS, 405), {"card": CARD, "verdict": "show"}),
]  # fmt: skip
