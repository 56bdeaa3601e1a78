"""How text is read, measured and poured into slides."""

import random

import pytest

from audit_pages.packs.deck.flow import Box, fits, pour, total_height
from audit_pages.packs.deck.measure import fitting_size, lines_of, width_of
from audit_pages.packs.deck.paragraphs import Paragraph, Run, heading, of_html, plain, typed

BOX = Box(600, 320)
SIZES = (24, 22, 20, 18, 16)


def _words(paragraphs: list[Paragraph]) -> list[str]:
    return " ".join(paragraph.text for paragraph in paragraphs).split()


def _poured_words(paragraphs: list[Paragraph]) -> list[str]:
    return [word for slide in pour(paragraphs, BOX, SIZES).slides for word in _words(slide)]


def test_short_text_is_large_on_one_slide() -> None:
    poured = pour([plain("One sentence.")], BOX, SIZES)

    assert (poured.size, len(poured.slides)) == (24, 1)


@pytest.mark.parametrize("seed", range(30))
def test_nothing_is_lost_and_nothing_overflows(seed: int) -> None:
    """Paragraphs of every sort and length, by chance, poured: the same words, each slide within its box."""
    chance = random.Random(seed)
    paragraphs = [
        Paragraph(
            (
                Run(
                    " ".join(["w" * chance.randint(1, 14) + "."] * chance.randint(1, 260)),
                    bold=chance.random() < 0.2,
                ),
            ),
            chance.choice(["text", "text", "bullet", "number", "heading"])
            if chance.random() < 0.9
            else "text",
        )
        for _ in range(chance.randint(1, 14))
    ]
    paragraphs = [p if p.style != "heading" else heading(p.text[:60]) for p in paragraphs]

    poured = pour(paragraphs, BOX, SIZES)

    assert _poured_words(paragraphs) == _words(paragraphs)
    for slide in poured.slides:
        assert slide
        assert total_height(slide, poured.size, BOX.width) <= BOX.height + 0.1
    assert poured.size >= 16


def test_a_heading_does_not_end_a_slide() -> None:
    paragraphs = [
        p for n in range(12) for p in (heading(f"Part {n}"), plain("Some words here. " * 12))
    ]

    slides = pour(paragraphs, BOX, SIZES).slides

    assert len(slides) > 1
    assert all(slide[-1].style != "heading" for slide in slides)


def test_a_text_is_parted_between_sentences() -> None:
    text = " ".join(
        f"This is sentence {n} of a long text, and it has a second half." for n in range(60)
    )

    slides = pour([plain(text)], BOX, SIZES).slides

    assert all(slide[-1].text.rstrip().endswith("half.") for slide in slides)


def test_a_word_without_end_is_parted_and_kept() -> None:
    slides = pour([plain("x" * 5000)], BOX, SIZES).slides

    assert "".join(p.text for slide in slides for p in slide) == "x" * 5000
    assert len(slides) > 1


def test_slides_are_filled_about_evenly() -> None:
    """A second slide with one line on it reads like a mistake."""
    slides = pour([plain("A sentence of a few words. " * 3) for _ in range(13)], BOX, SIZES).slides

    counts = [len(slide) for slide in slides]
    assert len(counts) > 1
    assert max(counts) - min(counts) <= 2


def test_no_text_is_one_empty_slide() -> None:
    assert pour([], BOX, SIZES).slides == [[]]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One</p><p>Two</p>", [("text", "One"), ("text", "Two")]),
        ("<ul><li>a</li><li>b</li></ul>", [("bullet", "a"), ("bullet", "b")]),
        ("<ol><li>a</li><li><p>b</p></li></ol>", [("number", "a"), ("number", "b")]),
        ("<h3>Head</h3><p>x &amp; <b>y</b><br>z</p>", [("heading", "Head"), ("text", "x & y z")]),
        ('<p>See <a href="/secret/">this</a>.</p>', [("text", "See this.")]),
        ("loose <i>text</i>", [("text", "loose text")]),
        ("<p> </p>", []),
    ],
)
def test_rich_text_is_read(html: str, expected: list[tuple[str, str]]) -> None:
    assert [(p.style, p.text) for p in of_html(html)] == expected


def test_bold_and_slanted_words_stay_so() -> None:
    (paragraph,) = of_html("<p>a <b>b</b> <em>c</em></p>")

    assert [(r.text, r.bold, r.italic) for r in paragraph.runs if r.text.strip()] == [
        ("a ", False, False),
        ("b", True, False),
        ("c", False, True),
    ]


def test_typed_text_is_read() -> None:
    read = typed("First line\nstill first\n\n- one\n- two\n3. three\n\nLast")

    assert [(p.style, p.text) for p in read] == [
        ("text", "First line still first"),
        ("bullet", "one"),
        ("bullet", "two"),
        ("number", "three"),
        ("text", "Last"),
    ]
    assert read[3].number == 3


def test_wide_and_bold_text_is_wider() -> None:
    assert width_of("iiii", 20) < width_of("WWWW", 20) < width_of("WWWW", 20, bold=True)
    assert width_of("漢字", 20) > width_of("ab", 20)


def test_a_line_holds_what_fits() -> None:
    (line,) = lines_of(plain("short"), 20, 600)

    assert "".join(token.text for token in line) == "short"
    assert len(lines_of(plain("word " * 100), 20, 600)) > 5


def test_a_heading_takes_the_largest_size_that_fits() -> None:
    assert fitting_size("Short", width=800, height=78, sizes=(32, 24, 16)) == 32
    assert fitting_size("Long title " * 12, width=800, height=78, sizes=(32, 24, 16)) == 16


def test_fits_agrees_with_pour() -> None:
    text = [plain("word " * 60)]

    assert fits(text, BOX, 16) == (len(pour(text, BOX, (16,)).slides) == 1)
