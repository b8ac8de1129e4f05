"""The written table of suggestions at the desk, and of the door by which authors offer one."""

from tests.matrix.addresses import (
    CASE,
    NO,
    OFFICERS,
    OWN_BUSINESS,
    TOKEN,
    Address,
    button,
    everybody,
    inside,
    posted,
)

IDEA = rf"admin/^suggestion/{CASE[2:]}"
READ_ONLY = posted(OFFICERS, 405)
ACTING: set[str] = OFFICERS - {"auditor", "administrator"}
CENTRE: set[str] = {"centre"}
JUNS: set[str] = {"jun"}
MANY = "/admin/suggestions/many/"
CHOSEN = {"chosen": "{idea}:{idea.version}", "words": "많은 분이 바랍니다"}


def act(
    name: str, allowed: set[str], status: int = 302, refused: int = 403, **form: str
) -> Address:
    """One act on a suggestion that gathers support, with a form that is right."""
    return Address(
        route=rf"{IDEA}(?P<act>[a-z-]{{2,30}})/$",
        path=f"/admin/suggestion/{{idea}}/{name}/",
        get=inside(OFFICERS, 405),
        post=posted(allowed, status),
        other=READ_ONLY,
        form={"version": "{idea.version}", **form},
    )


IDEAS_AT_DESK = [
    Address("admin/suggestions/", "/admin/suggestions/", inside(OFFICERS, 200), READ_ONLY,
            READ_ONLY),
    Address("admin/suggestions/", "/admin/suggestions/?show=all&status=open",
            inside(OFFICERS, 200), READ_ONLY, READ_ONLY),
    Address(rf"{IDEA}$", "/admin/suggestion/{idea}/", inside(OFFICERS, 200), READ_ONLY, READ_ONLY),
    Address(rf"{IDEA}$", "/admin/suggestion/{routed}/", inside(OFFICERS, 404), READ_ONLY,
            READ_ONLY),
    act("pick", {"head"}, words="바랍니다"),
    act("rescue", CENTRE, words="더 봅니다"),
    act("redirect", CENTRE, kind="complaint", words="신고입니다"),
    act("enter-paper", CENTRE, people="3", words="역 앞"),
    act("pick", {"head"}, 422),
    act("publish", OFFICERS, 409),  # its time is over: whoever asks sees what happened since
    act("no-such-act", OFFICERS, 404),
    Address("admin/suggestions/many/", MANY, inside(OFFICERS, 405), posted(ACTING, 302), READ_ONLY,
            {**CHOSEN, "verb": "pick"}),
    Address("admin/suggestions/many/", MANY, inside(OFFICERS, 405), posted(CENTRE, 302), READ_ONLY,
            {**CHOSEN, "verb": "refuse", "reason": "abuse"}),
    Address("admin/suggestions/many/", MANY, inside(OFFICERS, 405), posted(OFFICERS, 422),
            READ_ONLY, {"verb": "pick"}),
    Address("admin/suggestions/many/", MANY, inside(OFFICERS, 405), posted(OFFICERS, 200),
            READ_ONLY, {**CHOSEN, "verb": "answer"}),
    Address("admin/suggestions/answer/", "/admin/suggestions/answer/", inside(OFFICERS, 405),
            posted(ACTING, 422), READ_ONLY, CHOSEN),
    Address("admin/suggestions/done/<int:pk>/", "/admin/suggestions/done/{ideadeed}/",
            inside(JUNS, 200, 404), READ_ONLY, READ_ONLY),
    Address("admin/suggestions/done/<int:pk>/undo/", "/admin/suggestions/done/{ideadeed}/undo/",
            inside(OFFICERS, 405), posted(JUNS, 302, 404), READ_ONLY),
    button("take-up", "routed", OWN_BUSINESS, consent="전화로 동의했습니다"),
    Address(rf"^{CASE}{TOKEN}suggest/$", "/s/{private}/{private.token}/suggest/", everybody(200),
            everybody(302), NO),
    Address(rf"^{CASE}{TOKEN}suggest/$", "/s/{replied}/{replied.token}/suggest/", everybody(200),
            everybody(409), NO),
    Address(rf"^{CASE}{TOKEN}suggest/$", "/s/{private}/{wrong}/suggest/", everybody(404),
            everybody(404), NO),
]  # fmt: skip
