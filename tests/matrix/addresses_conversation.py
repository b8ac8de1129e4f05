"""The written table of the exchange: two questions after an answer, two matters in one voice."""

from collections.abc import Mapping

from tests.matrix.addresses import (
    CASE,
    IN_CHARGE,
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

SAID = {"clear": "yes", "heard": "partly", "words": "고맙습니다"}


def rate(voice: str, post: int, form: Mapping[str, str] = SAID, *, get: int = 200) -> Address:
    """Under the private link; a shut door says why."""
    path = f"/s/{{{voice}}}/{{{voice}.token}}/rate/"
    return Address(rf"^{CASE}{TOKEN}rate/$", path, everybody(get), everybody(post), NO, form)


def refused(verb: str, voice: str, allowed: set[str], status: int, **form: str) -> Address:
    """A button whose time is not come, or with a form that is wrong."""
    return Address(
        route=rf"admin/^case/{CASE[2:]}{verb}/$",
        path=f"/admin/case/{{{voice}}}/{verb}/",
        get=inside(OFFICERS, 405),
        post=posted(allowed, status),
        other=posted(OFFICERS, 405),
        form={"version": f"{{{voice}.version}}", **form},
    )


SUMMARY = {"text": "두 번째 일", "own_words": "on", "kind": "idea"}
CONVERSATION = [
    rate("replied", 302),
    rate("replied", 422, {"clear": "yes"}),
    rate("replied", 422, {"clear": "perhaps", "heard": "yes"}),
    rate("routed", 409),
    rate("set_aside", 409),
    Address(rf"^{CASE}{TOKEN}rate/$", "/s/{replied}/{wrong}/rate/", everybody(404),
            everybody(404), NO, SAID),
    Address(rf"^{CASE}{TOKEN}rate/$", "/s/{replied}/{routed.token}/rate/", everybody(404),
            everybody(404), NO, SAID),
    button("split", "routed", OWN_BUSINESS, **SUMMARY),
    button("split", "private", OWN_BUSINESS, **SUMMARY),
    button("split", "at_water", {"centre", "sora"}, **SUMMARY),
    button("split", "received", OWN_BUSINESS - IN_CHARGE, **SUMMARY),
    refused("split", "replied", OWN_BUSINESS, 409, **SUMMARY),
    refused("split", "held", {"centre"}, 409, **SUMMARY),
    refused("split", "routed", OWN_BUSINESS, 422, text="두 번째 일", kind="idea"),
    button("put-together", "split", OWN_BUSINESS, part="{second}"),
    refused("put-together", "routed", OWN_BUSINESS, 409, part="{second}"),
]  # fmt: skip
