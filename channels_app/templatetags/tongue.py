"""The language of quoted words, for the `lang` attribute."""

from django import template

from channels_app.text import languages

register = template.Library()


@register.filter
def tongue(words: str) -> str:
    """The language these words are written in, or nothing."""
    return languages.language_of(words)
