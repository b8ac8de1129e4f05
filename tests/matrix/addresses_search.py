"""The written table of the search: everybody's, the desk's, and everything of one person."""

from tests.matrix.addresses import NO, OFFICERS, Address, everybody, inside, page, posted

READ_ONLY = posted(OFFICERS, 405)
DESK, PERSON = "/admin/search/", "/admin/search/person/"
SEARCH = [
    page("search/"),
    page("search/", "/search/?q=보도블록&state=open&"),
    Address("search/", "/search/?q={routed}&", everybody(302), NO, NO),
    Address("search/", "/search/?q={private}&", everybody(302), NO, NO),
    Address("search/", "/search/?since=then&", everybody(422), NO, NO),
    Address("admin/search/", DESK, inside(OFFICERS, 200), READ_ONLY, READ_ONLY),
    Address("admin/search/", f"{DESK}?since=then&", inside(OFFICERS, 422), READ_ONLY, READ_ONLY),
    Address("admin/search/person/", PERSON, inside(OFFICERS, 405), posted({"centre"}, 200),
            READ_ONLY, {"address": "mina@example.org"}),
    Address("admin/search/person/", PERSON, inside(OFFICERS, 405), posted({"centre"}, 422),
            READ_ONLY, {"address": "nobody"}),
]  # fmt: skip
