"""What can be switched off when the portal is crowded, without a release (DECISIONS, part 6).

A switch is a rule that knows two words; whoever declares one stands on the page by that.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from channels_app.rules import OFF, ON, on_or_off
from lifecycle import rules
from lifecycle.rules import Words


@dataclass(frozen=True)
class Switch:
    """One of them as it stands now."""

    name: str
    words: Words
    is_on: bool

    @property
    def url(self) -> str:
        """Where an administrator turns it: a new version of the rule, filled in."""
        other = urlencode({"name": self.name, "to": OFF if self.is_on else ON})
        return f"{reverse('admin:lifecycle_rule_add')}?{other}"


def switches() -> list[Switch]:
    """All of them, by name."""
    return [
        Switch(name, rule.words, rule.value() == ON)
        for name, rule in rules.declared().items()
        if rule.check is on_or_off
    ]
