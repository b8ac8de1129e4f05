"""What its author has just done, in plain words: a flag in the address of their page names it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from suggestions.talk_states import WordState

Words = str | Promise
FLAGS: Mapping[str, Words] = {
    "said": _("Your words stand in the discussion now."),
    "held": _("Your words have arrived. A moderator reads them before everyone can."),
    "sent": _("It has arrived. It does not count as done, and the office goes on with it."),
    "appealed": _("Your appeal has arrived. Somebody else decides about it."),
    "corrected": _("Your correction has arrived. A moderator looks at it."),
    "offered": _("Your message is a suggestion now, under the same number."),
}
OF_VERSION: Mapping[str, Words] = {
    WordState.SHOWN: _("Everyone reads your version now."),
    WordState.HELD: _("Your version waits for a moderator."),
}


def just_done(query: Mapping[str, str]) -> Words:
    """The sentence for this address; nothing for one that says nothing we know."""
    if version := OF_VERSION.get(query.get("version", "")):
        return version
    return next((words for flag, words in FLAGS.items() if flag in query), "")
