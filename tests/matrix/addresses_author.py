"""What an author can do under the private link: whoever knows the token, and nobody else."""

from collections.abc import Mapping

from tests.matrix.addresses import CASE, NO, TOKEN, Address, everybody, of_case

TYPED = {"text": "아직 그대로예요"}


def way(name: str, voice: str, post: int, form: Mapping[str, str] = TYPED) -> Address:
    """A page with one POST; a shut door says why, and answers 409 to words."""
    path = f"/s/{{{voice}}}/{{{voice}.token}}/{name}/"
    return Address(rf"^{CASE}{TOKEN}{name}/$", path, everybody(200), everybody(post), NO, form)


def stranger(name: str, knows: str = "wrong") -> Address:
    """Without its token there is nothing."""
    path = f"/s/{{private}}/{{{knows}}}/{name}/"
    return of_case(rf"{TOKEN}{name}/", path, 404, post=404)


AUTHOR = [
    way("ask", "routed", 302),
    way("ask", "private", 302),
    way("ask", "routed", 422, {}),
    way("ask", "replied", 409),
    way("ask", "joined", 409),
    way("confirm", "replied", 302),
    way("confirm", "routed", 409),
    way("reopen", "replied", 302),
    way("reopen", "set_aside", 302),
    way("reopen", "routed", 409),
    way("reopen", "joined", 409),
    way("appeal", "replied", 409),
    stranger("ask"),
    stranger("ask", "routed.token"),
    stranger("confirm"),
    stranger("reopen"),
    stranger("appeal"),
    Address(rf"^{CASE}{TOKEN}who/$", "/s/{private}/{private.token}/who/", NO,
            everybody(302), NO, {"age": "65+"}),
    Address(rf"^{CASE}{TOKEN}who/$", "/s/{private}/{wrong}/who/", NO, everybody(404), NO),
]  # fmt: skip
