"""What every page knows; no query, no session."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language


def site(request: HttpRequest) -> dict[str, object]:
    """The operator's banner and the address of the same page in the other language."""
    other = "ko" if get_language() == "en" else "en"
    return {
        "operator_banner": settings.OPERATOR_BANNER,
        "other_language": other,
        "other_language_url": translate_url(request.get_full_path(), other)
        if request.method == "GET"
        else translate_url("/", other),
    }
