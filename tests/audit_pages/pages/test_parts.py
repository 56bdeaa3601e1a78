"""A part is shown when words stand in it, and left out when only markup does."""

import pytest

from audit_pages.pages.base import has_text, text_of

EMPTY = ["", "<p></p>", '<p data-block-key="k3x9a"></p>', "<p>&nbsp;</p>", "<ul><li> </li></ul>"]
FULL = ["x", "<p>Plans</p>", "<p>&nbsp;Plans</p>", "<p>&amp;</p>", "<p><b>7</b></p>", "<p>…</p>"]


@pytest.mark.parametrize(
    ("html", "expected"), [*((h, False) for h in EMPTY), *((h, True) for h in FULL)]
)
def test_words_are_told_from_markup(html: str, expected: bool) -> None:
    assert has_text(html) is expected
    assert bool(text_of(html)) is expected
