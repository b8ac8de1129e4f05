"""The day's numbers: open to everybody, the mayor's page to the mayor's office and auditors."""

from tests.matrix.addresses import NO, OFFICERS, Address, everybody, inside, page, posted

ABOVE = {"mayor", "auditor"}
NOWHERE = everybody(404)


def above(route: str, path: str, status: int = 200) -> Address:
    """Only for the mayor's office and auditors, and only to be read."""
    read_only = posted(OFFICERS, 405)
    return Address(route, path, inside(ABOVE, status), read_only, read_only)


DASHBOARDS = [
    page("dashboard/"),
    page("dashboard/", "/dashboard/?days=90&borough=mapo&per=people"),
    Address("dashboard/", "/dashboard/?days=8", everybody(422), NO, NO),
    page("dashboard/<slug:panel>.csv", "/dashboard/late.csv"),
    Address("dashboard/<slug:panel>.csv", "/dashboard/needs.csv", NOWHERE, NO, NO),
    Address("dashboard/<slug:panel>.csv", "/dashboard/late.csv?days=x", NOWHERE, NO, NO),
    page("dashboard/office/<slug:slug>/", "/dashboard/office/sidewalks/"),
    Address("dashboard/office/<slug:slug>/", "/dashboard/office/nowhere/", NOWHERE, NO, NO),
    page("dashboard/office/<slug:slug>/<slug:panel>.csv", "/dashboard/office/sidewalks/fate.csv"),
    page("dashboard/heard/"),
    Address(
        "admin/heard/",
        "/admin/heard/",
        inside(set(), 200),
        posted(OFFICERS, 405),
        posted(OFFICERS, 405),
    ),
    Address(
        "admin/heard/<int:pk>/reply/",
        "/admin/heard/1/reply/",
        inside(OFFICERS, 405),
        posted(set(), 302),
        posted(OFFICERS, 405),
    ),
    above("dashboard/mayor/", "/dashboard/mayor/"),
    above("dashboard/mayor/", "/dashboard/mayor/?show=bounced"),
    above("dashboard/mayor/<slug:panel>.csv", "/dashboard/mayor/needs.csv"),
    above("dashboard/mayor/<slug:panel>.csv", "/dashboard/mayor/nothing.csv", 404),
]
