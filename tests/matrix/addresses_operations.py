"""How the portal itself is: who looks after it sees it, the centre and administrators act."""

from tests.matrix.addresses import OFFICERS, Address, inside, posted

LOOKS = {"centre", "mayor", "auditor", "administrator"}
ACTS = {"centre", "administrator"}
READ_ONLY, BUTTON = posted(OFFICERS, 405), inside(OFFICERS, 405)

OPERATIONS = [
    Address("admin/operations/", "/admin/operations/", inside(LOOKS, 200), READ_ONLY, READ_ONLY),
    Address("admin/operations/beside/", "/admin/operations/beside/", BUTTON, posted(ACTS, 302),
            READ_ONLY, {"act": "again"}),
    Address("admin/operations/sheet/<int:pk>/", "/admin/operations/sheet/{sheet}/", BUTTON,
            posted(ACTS, 302), READ_ONLY),
    Address("admin/operations/sheet/<int:pk>/", "/admin/operations/sheet/999999999/", BUTTON,
            posted(ACTS, 404), READ_ONLY),
]  # fmt: skip
