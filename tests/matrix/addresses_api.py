"""The open interface: who has signed in makes no difference here, only a token would."""

from tests.matrix.addresses import KEEP, LOOK, NO, Address, everybody, of_record, page

NOTHING = everybody(404)
UNKNOWN_TOKEN = everybody(401)


def read(route: str, path: str, status: int = 200) -> Address:
    """Everybody reads; nobody writes."""
    cells = everybody(status), UNKNOWN_TOKEN, UNKNOWN_TOKEN
    return Address(f"api/{route}", f"/api/{path}", *cells)


RECEIPT = r"^v1/messages/(?P<receipt>[A-Z]-[0-9]{4}-[0-9]{6,12})/$"
API = [
    page("api/"),
    Address("api/schema/", "/api/schema/", everybody(200), NO, NO),
    read("v1/messages/", "v1/messages/"),
    read("v1/messages/", "v1/messages/?state=song", 400),
    read(RECEIPT, "v1/messages/{routed}/"),
    read(RECEIPT, "v1/messages/{private}/", 404),
    read(RECEIPT, "v1/messages/{hidden}/", 404),
    read(RECEIPT, "v1/messages/{unknown}/", 404),
    read("v1/similar/", "v1/similar/?text=word"),
    read("v1/similar/", "v1/similar/", 400),
    read("v1/offices/", "v1/offices/"),
    read("v1/boroughs/", "v1/boroughs/"),
    Address(r"api/^v1/(?P<rest>[\s\S]*)$", "/api/v1/nothing/", NOTHING, NOTHING, NOTHING),
    *of_record("channels_app/apiclient", {"administrator": KEEP, "auditor": LOOK}),
]
