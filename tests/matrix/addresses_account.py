"""An account's own data: each sees their own; who ever held an office can't delete theirs."""

from tests.matrix.addresses import Address, signed_in

OUT = signed_in(405)
DELETED, MAY_NOT = 302, 403

ACCOUNT_DATA = [
    Address("me/data/", "/me/data/", signed_in(200), OUT, OUT),
    Address("me/data/download/", "/me/data/download/", signed_in(200), OUT, OUT),
    Address(
        "me/data/delete/",
        "/me/data/delete/",
        {**signed_in(200, officers=302), "no_factor": 302},
        {**signed_in(DELETED, officers=MAY_NOT), "no_factor": MAY_NOT},
        OUT,
    ),
]
