"""The language of quoted words."""

import pytest

from channels_app.text.languages import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("가로등이 꺼졌어요", "ko"),
        ("CCTV를 달아 주세요", "ko"),
        ("The lift is broken", "en"),
        ("010-****-****", ""),
        ("電気が消えました", ""),
    ],
)
def test_words_are_marked_with_the_language_they_are_written_in(text: str, language: str) -> None:
    assert language_of(text) == language
