"""Open data, the map of the site, the feeds of the whole city: open to all, only to be read."""

from tests.matrix.addresses import NO, Address, everybody, page

NOTHING = everybody(404)
SUMS = r"opendata/^SHA256SUMS-(?P<day>\d{4}-\d{2}-\d{2})$"
FILE = r"opendata/^(?P<name>[a-z]{1,20}-\d{4}-\d{2}\.(?:csv|jsonl)\.gz)$"
OPENDATA = [
    page("opendata/"),
    page("opendata/manifest.json"),
    page("opendata/SHA256SUMS"),
    page(SUMS, "/opendata/SHA256SUMS-{today}"),
    Address(SUMS, "/opendata/SHA256SUMS-2012-02-31", NOTHING, NO, NO),
    page(FILE, "/opendata/messages-{month}.csv.gz"),
    Address(FILE, "/opendata/messages-2012-01.csv.gz", NOTHING, NO, NO),
    page("smc/feed.atom"),
    page("smc/answers.atom"),
    page("sitemap.xml"),
    page("sitemap-pages.xml"),
    page("sitemap-cases-<int:part>.xml", "/sitemap-cases-0.xml"),
    Address("sitemap-cases-<int:part>.xml", f"/sitemap-cases-{10**30}.xml", NOTHING, NO, NO),
]
