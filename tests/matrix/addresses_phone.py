"""Written down for somebody: the phone desk and files of voices."""

from tests.matrix.addresses import CASE, OFFICERS, Address, inside, posted

# Whoever acts for an office that serves citizens; the mayor's office and auditors only look on.
WRITES: set[str] = {"centre", "jun", "head", "sora", "borough"}
OWN: set[str] = {"centre"}
READ_ONLY, BUTTON = posted(OFFICERS, 405), inside(OFFICERS, 405)
SAID = {
    "text": "창구에서 한 말입니다",
    "channel": "counter",
    "audience": "office",
    "spoken_for": "self",
    "language": "ko",
    "client_key": "{key}",
}
FILE = "admin/import/<int:pk>/"

PHONE = [
    Address("admin/phone/", "/admin/phone/", inside(WRITES, 200), posted(WRITES, 422), READ_ONLY),
    Address("admin/phone/", "/admin/phone/?channel=letter", inside(WRITES, 200),
            posted(WRITES, 302), READ_ONLY, SAID),
    Address("admin/phone/", "/admin/phone/?channel=counter", inside(WRITES, 200),
            posted(WRITES, 200), READ_ONLY, {**SAID, "act": "look"}),
    Address("admin/phone/panels/", "/admin/phone/panels/", BUTTON, posted(WRITES, 200),
            READ_ONLY, SAID),
    Address(rf"admin/^phone/{CASE[2:]}$", "/admin/phone/{phoned}/", inside(OWN, 200), READ_ONLY,
            READ_ONLY),
    Address(rf"admin/^phone/{CASE[2:]}$", "/admin/phone/{routed}/", inside(set(), 200), READ_ONLY,
            READ_ONLY),
    Address("admin/import/", "/admin/import/", inside(WRITES, 200), posted(WRITES, 422),
            READ_ONLY),
    Address("admin/import/sample.csv", "/admin/import/sample.csv", inside(WRITES, 200), READ_ONLY,
            READ_ONLY),
    Address(FILE, "/admin/import/{sheet}/", inside(OWN, 200), READ_ONLY, READ_ONLY),
    Address(f"{FILE}take-in/", "/admin/import/{sheet}/take-in/", BUTTON, posted(OWN, 302),
            READ_ONLY),
    Address(f"{FILE}report.csv", "/admin/import/{sheet}/report.csv", inside(OWN, 200), READ_ONLY,
            READ_ONLY),
]  # fmt: skip
