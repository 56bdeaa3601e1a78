"""A drawing says the same in few bytes: a page holds eight of them beside their tables."""

from datetime import date

import pytest
from lxml import etree

from learning.figures.drawing import as_svg, parted_for_paper
from learning.figures.figure import Cell, Drawing, Figure, Row
from learning.figures.smaller import SVG, make_small

MOST_BYTES_A_MARK = {Drawing.BARS: 260, Drawing.STACKED: 300, Drawing.HEAT: 200}
"""A mark is a bar or tile with its words; a number on a bar has a light ground as well."""


def figure(drawing: Drawing, rows: int = 16, columns: int = 5) -> Figure:
    values = [
        [Cell(f"{5 + (x + y) % 9} of 24", 5.0 + (x + y) % 9) for x in range(columns)]
        for y in range(rows)
    ]
    return Figure(
        key=f"small-{drawing.value}",
        title="Strengths",
        description="By theme.",
        as_of=date(2031, 1, 1),
        columns=("Theme", *(f"2031-Q{x}" for x in range(columns))),
        rows=tuple(Row(f"Theme {y}", tuple(cells)) for y, cells in enumerate(values)),
        drawing=drawing,
    )


def small(shapes: str) -> etree._Element:
    root = etree.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{shapes}</svg>')
    make_small(root)
    return root


@pytest.mark.parametrize("drawing", sorted(MOST_BYTES_A_MARK))
def test_a_mark_with_its_words_takes_few_bytes(drawing: Drawing) -> None:
    full = figure(drawing)
    marks = len(full.rows) * (len(full.columns) - 1)
    assert len(as_svg(full).encode()) < MOST_BYTES_A_MARK[drawing] * marks


@pytest.mark.parametrize("drawing", sorted(MOST_BYTES_A_MARK))
def test_on_paper_a_tall_drawing_goes_on_and_none_is_taller_than_a_sheet(drawing: Drawing) -> None:
    full = figure(drawing, rows=30)
    parts = parted_for_paper(full)
    assert [row for part in parts for row in part.rows] == list(full.rows)
    for part in parts:
        _, _, width, height = map(float, etree.fromstring(as_svg(part)).get("viewBox").split())
        assert height / width < 1.4, "of 14 cm, less than 20"
        assert full.columns[-1] in as_svg(part), "each has the whole legend"
    assert parted_for_paper(figure(drawing, rows=3))[0].title == "Strengths"


def test_every_mark_and_word_is_still_there() -> None:
    tiles = figure(Drawing.HEAT, rows=3, columns=2)
    root = etree.fromstring(as_svg(tiles))
    words = " ".join(text.text for text in root.iter(f"{SVG}text"))
    for row in tiles.rows:
        assert row.label in words
        assert all(cell.words in words for cell in row.cells)
    assert len([p for p in root.iter(f"{SVG}path") if p.get("opacity")]) == 6


def test_a_rectangle_is_said_by_its_corners() -> None:
    root = small('<path d="M 1.26 2  L 3.04 2  L 3.04 4.5  L 1.26 4.5  z " fill="#fff"/>')
    assert [path.get("d") for path in root] == ["M1.3 2H3V4.5H1.3z"]


def test_another_shape_keeps_its_points() -> None:
    root = small('<path d="M 0 0  L 3 2  L 3 4  z " fill="#fff"/>')
    assert [path.get("d") for path in root] == ["M0 0L3 2L3 4z"]


def test_a_bar_without_length_is_no_mark() -> None:
    assert not list(small('<path d="M 1 2  L 1 2  L 1 4  L 1 4  z " fill="#fff"/>'))


def test_words_that_are_turned_stay_turned() -> None:
    turned = '<text transform="translate(1 2) rotate(-90)" font-size="8px" fill="#000">a</text>'
    moved = '<text transform="translate(1.04 2)" font-size="8px" fill="#000">b</text>'
    first, second = small(turned + moved)
    assert first.get("transform") == "translate(1 2) rotate(-90)"
    assert (second.get("transform"), second.get("x"), second.get("y")) == (None, "1", "2")


def test_words_that_are_turned_by_nothing_are_not_turned() -> None:
    (word,) = small('<text x="418.213292" y="6.29" transform="rotate(-0 418.213292 6.29)">a</text>')
    assert dict(word.attrib) == {"x": "418.2", "y": "6.3"}


def test_a_shape_that_names_no_fill_does_not_take_that_of_the_words() -> None:
    words = '<text fill="#1d2a2e" font-size="8px">a</text>'
    assert small(f'{words}<path d="M0 0L3 2L3 4z"/>').get("fill") is None
    assert small(f'{words}<path d="M0 0L3 2L3 4z" fill="none"/>').get("fill") == "#1d2a2e"


def test_a_group_that_says_something_stays() -> None:
    root = small('<g><g clip-path="url(#a)"><path d="M0 0L3 2L3 4z" fill="#fff"/></g></g>')
    assert [child.get("clip-path") for child in root] == ["url(#a)"]
