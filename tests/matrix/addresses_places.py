"""The written table of joining: who may press its buttons on the officers' page."""

from dataclasses import replace

from tests.matrix.addresses import OWN_BUSINESS, Address, button, posted

WORDS = "다른 일이에요"


def too_late(verb: str, voice: str, **form: str) -> Address:
    """A button that the page of this moment has not: overtaken for those whose case it is."""
    late = {**posted(set(), 302), **dict.fromkeys(OWN_BUSINESS, 409)}
    return replace(button(verb, voice, set(), **form), post=late)


PLACES = [
    button("join", "routed", OWN_BUSINESS, lead="{lead}"),
    button("join", "received", {"centre"}, lead="{lead}"),
    too_late("join", "joined", lead="{lead}"),
    too_late("join", "answered", lead="{lead}"),
    button("un-join", "joined", OWN_BUSINESS, reason=WORDS),
    too_late("un-join", "routed", reason=WORDS),
]
