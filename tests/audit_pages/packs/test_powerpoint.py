"""The PowerPoint file: titles, sizes, charts, notes, sources, and not a word of a page lost."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pptx.util import Pt

from audit_pages import panels
from audit_pages.models import FindingPage, ImportedFindingPage, LetterPage, Pack, Slide
from audit_pages.packs import services
from audit_pages.panels import TrendTable
from learning.access.models import AccessEvent
from learning.people.models import StaffMember
from learning.vocabulary.models import Theme
from tests.audit_pages.packs.conftest import words_of_slide

TREND = TrendTable(
    ["2025-Q1", "2025-Q2", "2025-Q3"],
    {
        "Strength": [0, 1, 2],
        "Area for development": [3, 2, 0],
        "Strength and development": [0, 0, 1],
    },
    [7, 7, 7],
)
LONG = " ".join(
    f"Sentence number {n} tells what one more child said about one more morning."
    for n in range(150)
)


@pytest.fixture
def trend(monkeypatch: pytest.MonkeyPatch) -> TrendTable:
    monkeypatch.setattr(panels, "_trend", lambda code, user: TREND)
    return TREND


@pytest.fixture
def client_of_owner(sign_in: Any, owner: StaffMember) -> Client:
    return sign_in(owner)


def _body_words(presentation: Any) -> list[str]:
    """The words on the slides themselves, in order, without notes and feet."""
    found: list[str] = []
    for slide in presentation.slides:
        for shape in slide.placeholders:
            if shape.placeholder_format.idx not in (10, 11, 12):
                found += shape.text_frame.text.split() if shape.has_text_frame else []
    return found


def _sizes(presentation: Any) -> set[float]:
    """Every size of type that a slide sets for itself, its foot left out."""
    return {
        run.font.size.pt
        for slide in presentation.slides
        for shape in slide.placeholders
        if shape.has_text_frame and shape.placeholder_format.idx not in (10, 11, 12)
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.font.size
    }


def test_every_word_of_a_finding_is_on_the_slides(
    client_of_owner: Client, pack: Pack, make_finding: Any, take_deck: Any
) -> None:
    """Nine parts, one of them far longer than a slide, one with a word that no line holds."""
    names = [name for name, _ in FindingPage.rich_parts]
    parts = {
        name: f"<p>{name} begins.</p><ul><li>{name} one</li><li>{name} two</li></ul>"
        for name in names
    }
    parts["what_we_saw"] = f"<p>{LONG}</p><p><b>Bold</b> and <i>slanted</i> ends.</p>"
    parts["limits"] = f"<p>{'unbroken' * 40}</p>"
    services.add_page(
        pack=pack, page=make_finding(title="A long finding", summary="Short.", **parts)
    )

    deck = take_deck(client_of_owner, pack)

    words = _body_words(deck)
    for text in parts.values():
        wanted = re.sub(r"<[^>]+>", " ", text).split()
        missing = [word for word in wanted if words.count(word) < wanted.count(word)]
        assert missing == []
    assert min(_sizes(deck)) >= 16


def test_a_long_text_keeps_its_order(
    client_of_owner: Client, pack: Pack, make_finding: Any, take_deck: Any, titles_of: Any
) -> None:
    page = make_finding(title="Mornings", what_we_saw=f"<p>{LONG}</p>")
    services.add_page(pack=pack, page=page)

    deck = take_deck(client_of_owner, pack)

    numbers = [int(n) for n in re.findall(r"number (\d+)", " ".join(_body_words(deck)))]
    assert numbers == list(range(150))
    titles = titles_of(deck)
    assert titles[1:4] == ["Mornings", "Mornings (continued)", "Mornings (continued, 3)"]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("model", [FindingPage, LetterPage])
def test_text_stays_inside_its_place(
    client_of_owner: Client, pack: Pack, model: Any, take_deck: Any
) -> None:
    """By the measure of a face wider than Arial, every page of the borough fits its slides."""
    from audit_pages.packs.deck.flow import total_height
    from audit_pages.packs.deck.paragraphs import plain

    for page in model.objects.live():
        services.add_page(pack=pack, page=page) if pack.slides.count() < 60 else None
    for slide in take_deck(client_of_owner, pack).slides:
        for shape in slide.placeholders:
            if shape.placeholder_format.idx not in (1, 2) or not shape.has_text_frame:
                continue
            lines = [p for p in shape.text_frame.paragraphs if p.runs]
            size = lines[0].runs[0].font.size.pt
            used = total_height(
                [plain(line.text) for line in lines], size, Pt(1) and shape.width / Pt(1)
            )
            assert used <= shape.height / Pt(1) + 1, shape.text_frame.text


def test_only_chosen_parts_are_taken(
    client_of_owner: Client, pack: Pack, finding: FindingPage, take_deck: Any
) -> None:
    slide, _ = services.add_page(pack=pack, page=finding)
    Slide.objects.filter(pk=slide.pk).update(chosen_parts=["limits"])

    words = _body_words(take_deck(client_of_owner, pack))

    assert "Limits" in words
    assert " ".join(words).count("What we saw") == 0


def test_each_slide_has_a_title_a_source_a_quarter_and_a_date(
    client_of_owner: Client,
    pack: Pack,
    finding: FindingPage,
    take_deck: Any,
    settings: Any,
    trend: TrendTable,
) -> None:
    settings.PORTAL_IS_DEMO = True
    services.add_page(pack=pack, page=finding)
    services.add_trend(pack=pack, theme=Theme.objects.get(code="P04"))

    for slide in list(take_deck(client_of_owner, pack).slides)[1:]:
        feet = {p.placeholder_format.idx: p for p in slide.placeholders}
        assert slide.shapes.title.text_frame.text
        assert "Source: Finding" in feet[10].text_frame.text
        assert re.search(r"20\d\d-Q\d", feet[10].text_frame.text)
        assert "Fictional" in feet[10].text_frame.text
        assert re.search(r"\d+ \w+ 20\d\d", feet[11].text_frame.text)
        assert all(
            run.font.size >= Pt(10) for p in feet[10].text_frame.paragraphs for run in p.runs
        )


def test_outside_the_demo_nothing_is_called_fictional(
    client_of_owner: Client,
    pack: Pack,
    finding: FindingPage,
    take_deck: Any,
    settings: Any,
    words_of: Any,
) -> None:
    settings.PORTAL_IS_DEMO = False
    services.add_page(pack=pack, page=finding)

    assert "Fictional" not in words_of(take_deck(client_of_owner, pack))


def test_a_trend_is_a_chart_that_can_be_edited_and_read_aloud(
    client_of_owner: Client, pack: Pack, take_deck: Any, trend: TrendTable
) -> None:
    services.add_trend(pack=pack, theme=Theme.objects.get(code="P04"))

    slide = take_deck(client_of_owner, pack).slides[1]

    frame = next(shape for shape in slide.shapes if shape.has_chart)
    chart = frame.chart
    assert chart.has_title
    assert list(chart.plots[0].categories) == trend.quarters
    assert {s.name: [int(v) for v in s.values] for s in chart.plots[0].series} == trend.series
    spoken = frame._element._nvXxPr.cNvPr.get("descr")
    assert "9 published pages with this theme from 2025-Q1 to 2025-Q3" in spoken
    assert "2025-Q2, 1, 2, 0" in spoken
    assert "2025-Q3\t2\t0\t1" in slide.notes_slide.notes_text_frame.text


def test_a_theme_without_figures_says_so(
    client_of_owner: Client,
    pack: Pack,
    take_deck: Any,
    monkeypatch: pytest.MonkeyPatch,
    words_of: Any,
) -> None:
    monkeypatch.setattr(panels, "_trend", lambda code, user: TrendTable([], {}, []))
    services.add_trend(pack=pack, theme=Theme.objects.get(code="P04"))

    deck = take_deck(client_of_owner, pack)

    assert "Nothing that we have published carries this theme yet." in words_of(deck)
    assert not any(shape.has_chart for slide in deck.slides for shape in slide.shapes)


def test_the_last_slide_leads_to_the_theme(
    client_of_owner: Client, pack: Pack, finding: FindingPage, take_deck: Any, words_of: Any
) -> None:
    theme = Theme.objects.get(code="P04")
    pack.theme = theme
    pack.save()
    services.add_page(pack=pack, page=finding)
    services.add_slide(pack=pack, kind=Slide.Kind.READ_MORE)

    last = list(take_deck(client_of_owner, pack).slides)[-1]

    code = next(shape for shape in last.shapes if hasattr(shape, "image"))
    assert "/theme/p04" in code._element._nvXxPr.cNvPr.get("descr").lower()
    assert finding.title in " ".join(s.text_frame.text for s in last.shapes if s.has_text_frame)


def test_every_picture_and_chart_has_words(
    client_of_owner: Client, pack: Pack, take_deck: Any, finding: FindingPage, trend: TrendTable
) -> None:
    services.add_page(pack=pack, page=finding)
    services.add_trend(pack=pack, theme=Theme.objects.get(code="P04"))
    services.add_slide(pack=pack, kind=Slide.Kind.READ_MORE)

    shapes = [s for slide in take_deck(client_of_owner, pack).slides for s in slide.shapes]
    drawn = [s for s in shapes if s.has_chart or hasattr(s, "image")]
    assert len(drawn) == 2
    assert all(s._element._nvXxPr.cNvPr.get("descr") for s in drawn)


def test_no_slide_keeps_an_empty_place(
    client_of_owner: Client, pack: Pack, take_deck: Any, finding: FindingPage
) -> None:
    """An empty placeholder shows “Click to add text” to whoever opens the file."""
    services.add_page(pack=pack, page=finding)
    services.add_slide(pack=pack, kind=Slide.Kind.OWN)

    for slide in take_deck(client_of_owner, pack).slides:
        for shape in slide.placeholders:
            if shape.has_text_frame and shape.placeholder_format.idx != 12:
                assert shape.text_frame.text


def test_an_imported_finding_carries_its_source_and_licence(
    client_of_owner: Client, person: Any, pack: Pack, take_deck: Any, words_of: Any
) -> None:
    from datetime import date

    from wagtail.models import Page

    from audit_pages.models import ImportedSourcePage, ImportedYearPage
    from audit_pages.starter.loader import People, put_page
    from learning.people.roles import Role

    people = People(
        writer=person(Role.EDITOR),
        approver=person(Role.LEAD_QA),
        checker=person(Role.QA_OFFICER),
    )
    top = Page.objects.get(url_path="/home/from-elsewhere/").specific
    source = put_page(
        parent=top,
        page=ImportedSourcePage(title="S", slug="s-1", attribution="a", licence="b"),
        people=people,
    )
    year = put_page(parent=source, page=ImportedYearPage(title="2023", slug="2023"), people=people)
    page = ImportedFindingPage(
        title="Elsewhere",
        slug="e-1",
        reference="R-77",
        source_label="The inspectorate",
        attribution="Words of the inspectorate",
        licence="Open licence 3",
        authority="Somewhere",
        dated_on=date(2023, 5, 4),
        text="<p>They saw this.</p>",
    )
    services.add_page(pack=pack, page=put_page(parent=year, page=page, people=people))

    deck = take_deck(client_of_owner, pack)

    words = words_of(deck)
    assert "Words of the inspectorate" in words
    assert "Licence: Open licence 3" in words
    assert "Source: The inspectorate, Somewhere, R-77 · 2023" in words
    assert "They saw this." in words_of_slide(deck.slides[1])  # beside the facts, not on the next


@pytest.mark.parametrize(
    "odd",
    [
        "\x00\x0b\x1f",
        "\ufffe\uffff",
        "=HYPERLINK(1)",
        "_x0007_",
        "<a:t>&amp;",
        "سلام שלום",
        "𝕳👨‍👩‍👧",
        "﷽" * 50,
    ],
)
def test_odd_text_breaks_no_file(
    client_of_owner: Client, pack: Pack, take_deck: Any, odd: str, words_of: Any
) -> None:
    """Put past the form, as older rows or other ways in might hold it."""
    Pack.objects.filter(pk=pack.pk).update(title=f"T{odd.replace(chr(0), '')}"[:100])
    kept = odd.replace("\x00", "")
    services.add_slide(pack=pack, kind=Slide.Kind.OWN, heading=kept[:100], text=kept, notes=kept)

    deck = take_deck(client_of_owner, pack)

    readable = re.sub("[\x00-\x1f\ufffe\uffff]", "", odd)
    assert readable in words_of(deck)


def test_the_file_tells_nothing_of_persons_or_makers(
    client_of_owner: Client, owner: StaffMember, pack: Pack, finding: FindingPage, settings: Any
) -> None:
    settings.PORTAL_NAME = "Practice learning"
    services.add_page(pack=pack, page=finding)
    content = client_of_owner.get(f"/packs/{pack.pk}/powerpoint/").content

    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = file.namelist()
        core = file.read("docProps/core.xml").decode()
        every = b"".join(file.read(name) for name in names)
    assert "<dc:creator>Practice learning</dc:creator>" in core
    assert owner.last_name not in core
    assert not [name for name in names if "printerSettings" in name or "thumbnail" in name]
    assert b"Steve Canny" not in every
    assert b"Macintosh" not in every


def test_the_first_slide_carries_a_name_only_when_asked(
    client_of_owner: Client, owner: StaffMember, pack: Pack, take_deck: Any
) -> None:
    def front() -> str:
        slide = take_deck(client_of_owner, pack).slides[0]
        return " ".join(p.text_frame.text for p in slide.placeholders)

    assert owner.last_name not in front()
    Pack.objects.filter(pk=pack.pk).update(presenter=str(owner))
    assert str(owner) in front()


def test_each_download_is_in_the_access_log(
    client_of_owner: Client, owner: StaffMember, pack: Pack
) -> None:
    for path in ("powerpoint/", "print/"):
        client_of_owner.get(f"/packs/{pack.pk}/{path}")

    rows = AccessEvent.objects.filter(action="exported", object_type="audit_pages.pack")
    assert [(row.user_id, row.object_id) for row in rows] == [(owner.pk, str(pack.pk))] * 2


def test_presenters_text_is_split_too(
    client_of_owner: Client, pack: Pack, take_deck: Any, titles_of: Callable[[Any], list[str]]
) -> None:
    services.add_slide(pack=pack, kind=Slide.Kind.EXERCISE, text=LONG[:6000])

    deck = take_deck(client_of_owner, pack)

    assert titles_of(deck)[1:3] == ["Small-group exercise", "Small-group exercise (continued)"]
    assert " ".join(_body_words(deck)).count("Sentence number") == LONG[:6000].count(
        "Sentence number"
    )
