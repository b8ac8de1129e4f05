"""Open data, the map of the site, the feeds of the whole city: open to all, only to be read."""

from tests.matrix.addresses import NO, Address, everybody, of_case, page

NOTHING = everybody(404)
SUMS = r"opendata/^SHA256SUMS-(?P<day>\d{4}-\d{2}-\d{2})$"
FILE = r"opendata/^(?P<name>[a-z]{1,20}-\d{4}-\d{2}\.(?:csv|jsonl)\.gz)$"
HEAD_OF = r"opendata/^record/checkpoint-(?P<day>\d{4}-\d{2}-\d{2})$"
GROWS = r"opendata/^record/consistency/(?P<old>\d{1,12})-(?P<new>\d{1,12})$"
PROOF = r"record/(?P<kind>[a-z]{1,40})-(?P<seq>\d{1,9})\.json"
OPENDATA = [
    page("opendata/"),
    page("opendata/manifest.json"),
    page("opendata/SHA256SUMS"),
    page(SUMS, "/opendata/SHA256SUMS-{today}"),
    Address(SUMS, "/opendata/SHA256SUMS-2012-02-31", NOTHING, NO, NO),
    page(FILE, "/opendata/messages-{month}.csv.gz"),
    Address(FILE, "/opendata/messages-2012-01.csv.gz", NOTHING, NO, NO),
    page("opendata/record/"),
    page("opendata/record/feed.atom"),
    page("opendata/record/checkpoint"),
    page(HEAD_OF, "/opendata/record/checkpoint-{today}"),
    Address(HEAD_OF, "/opendata/record/checkpoint-2012-02-31", NOTHING, NO, NO),
    page("opendata/record/key"),
    page("opendata/record/verify.py"),
    page(r"opendata/^record/leaves/(?P<part>\d{1,9})$", "/opendata/record/leaves/0"),
    page(r"opendata/^record/entries/(?P<part>\d{1,9})$", "/opendata/record/entries/0"),
    page(GROWS, "/opendata/record/consistency/1-5"),
    Address(GROWS, "/opendata/record/consistency/5-1", NOTHING, NO, NO),
    of_case("record/", "/s/{routed}/record/", 200),
    of_case("record/", "/s/{private}/record/", 404),
    of_case("record/", "/s/{hidden}/record/", 404),
    of_case("record/", "/s/{unknown}/record/", 404),
    of_case(PROOF, "/s/{routed}/record/message-1.json", 200),
    of_case(PROOF, "/s/{routed}/record/message-99.json", 404),
    of_case(PROOF, "/s/{routed}/record/visit-1.json", 404),
    of_case(PROOF, "/s/{private}/record/message-1.json", 404),
    page("smc/feed.atom"),
    page("smc/answers.atom"),
    page("sitemap.xml"),
    page("sitemap-pages.xml"),
    page("sitemap-cases-<int:part>.xml", "/sitemap-cases-0.xml"),
    Address("sitemap-cases-<int:part>.xml", f"/sitemap-cases-{10**30}.xml", NOTHING, NO, NO),
]
