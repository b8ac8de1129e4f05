"""The written table: mails that came in, what waits for a person, files of a case, accounts."""

from tests.matrix.addresses import (
    CASE,
    KEEP,
    LOOK,
    OFFICERS,
    OWN_BUSINESS,
    Address,
    inside,
    of_record,
    posted,
)

LOOKS = {"centre", "auditor", "mayor"}
READS = {"centre", "auditor"}
DECIDES = {"centre"}
CASE_MAIL = rf"admin/^case/{CASE[2:]}mail/(?P<pk>\d{{1,18}})/"
READERS = OWN_BUSINESS | {"auditor"}
READ_ONLY, BUTTON = posted(OFFICERS, 405), inside(OFFICERS, 405)


def of_mail(verb: str, event: str, allowed: set[str], status: int) -> Address:
    """One act on a mail that became no message."""
    cell = dict(posted(allowed, status))
    if event == "mail_kept":
        cell |= dict.fromkeys(OFFICERS - READS, 404)
    else:
        cell |= dict.fromkeys(OFFICERS, status)
    return Address(
        f"admin/mail/<int:pk>/{verb}/", f"/admin/mail/{{{event}}}/{verb}/", BUTTON, cell, READ_ONLY
    )


MAIL = [
    Address("admin/mail/", "/admin/mail/", inside(LOOKS, 200), READ_ONLY, READ_ONLY),
    Address("admin/mail/", "/admin/mail/?show=automatic&", inside(LOOKS, 200), READ_ONLY,
            READ_ONLY),
    Address("admin/mail/<int:pk>/", "/admin/mail/{mail_kept}/", inside(READS, 200, 404),
            READ_ONLY, READ_ONLY),
    Address("admin/mail/<int:pk>/", "/admin/mail/{mail_taken}/", inside(set(), 200, 404),
            READ_ONLY, READ_ONLY),
    of_mail("want", "mail_kept", DECIDES, 302),
    of_mail("settle", "mail_kept", DECIDES, 302),
    of_mail("want", "mail_taken", set(), 404),
    Address(rf"{CASE_MAIL}$", "/admin/case/{mailed}/mail/{mail_taken}/", inside(READERS, 200),
            READ_ONLY, READ_ONLY),
    Address(rf"{CASE_MAIL}$", "/admin/case/{mailed}/mail/{mail_kept}/", inside(READERS, 404),
            READ_ONLY, READ_ONLY),
    Address(rf"{CASE_MAIL}(?P<number>\d{{1,4}})/$", "/admin/case/{mailed}/mail/{mail_taken}/0/",
            inside(READERS, 200), READ_ONLY, READ_ONLY),
    Address(rf"{CASE_MAIL}(?P<number>\d{{1,4}})/$", "/admin/case/{mailed}/mail/{mail_taken}/9/",
            inside(READERS, 404), READ_ONLY, READ_ONLY),
    *of_record("channels_app/account", {"administrator": KEEP, "auditor": LOOK}),
]  # fmt: skip
