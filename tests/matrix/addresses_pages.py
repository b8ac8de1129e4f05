"""Who answers, and through which channels: open to everybody, and only to be read."""

from tests.matrix.addresses import Address, everybody, page

PAGES = [
    page("smc/", "/smc/?kind=idea&office=sidewalks&overdue=on&since=2026-01-01"),
    Address("smc/", "/smc/?office=nowhere", everybody(422), everybody(405), everybody(405)),
    page("departments/"),
    page("departments/<slug:slug>/", "/departments/sidewalks/"),
    Address(
        "departments/<slug:slug>/",
        "/departments/nowhere/",
        everybody(404),
        everybody(405),
        everybody(405),
    ),
    page("borough/"),
    page("borough/<slug:slug>/", "/borough/mapo/"),
    Address(
        "borough/<slug:slug>/",
        "/borough/sidewalks/",
        everybody(404),
        everybody(405),
        everybody(405),
    ),
    page("channels/"),
]
