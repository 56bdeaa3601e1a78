"""Loading past findings with `import_findings`, as an operator does it."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, PageLogEntry, Revision

from audit_pages.importing import services
from audit_pages.importing.models import ImportBatch, ImportedItem, ImportFile, ImportRow, ThemeTag
from audit_pages.importing.states import BatchState
from audit_pages.pages.findings import ImportedSourcePage
from learning.people.roles import Role
from tests.audit_pages.importing.conftest import (
    SOURCE,
    approve,
    batch_of,
    finding,
    make_person,
    page_of,
    pages_of,
)

pytestmark = pytest.mark.django_db


def state_of_tables() -> dict[str, int]:
    models = (
        Page,
        Revision,
        PageLogEntry,
        ImportBatch,
        ImportRow,
        ImportFile,
        ImportedItem,
        ThemeTag,
    )
    return {model.__name__: model.objects.count() for model in models}


def test_each_row_becomes_a_draft_under_its_source_and_year(json_lines: Any, load: Any) -> None:
    path = json_lines(finding(1), finding(2, published="2019-11-30"))

    report = load(path, "--attribution", "By the examiners", "--licence", "OGL")

    assert (report["rows_read"], report["created"], report["rejected"]) == (2, 2, 0)
    assert report["state"] == "waiting"
    page = page_of("EX002")
    assert not page.live
    year, source = page.get_parent(), page.get_parent().get_parent()
    assert (year.title, source.title) == ("2019", SOURCE)
    assert not year.live
    assert not source.live
    assert page.attribution == "By the examiners"
    assert page.licence == "Open Government Licence v3.0"
    assert page.authority == "Exampleton-on-Sea"
    assert page.statement_kind == "development_area"
    assert f"{page.dated_on}" == "2019-11-30"


def test_title_is_the_first_words_of_the_text(json_lines: Any, load: Any) -> None:
    text = "Plans for children " + "say clearly what must change for them " * 5
    load(json_lines(finding(1, text)))

    page = page_of("EX001")

    assert len(page.title) <= 110
    assert page.title.endswith("…")
    assert text.startswith(page.title[:-1] + " ")
    assert page.slug == "ex001"


def test_running_twice_changes_nothing(json_lines: Any, load: Any) -> None:
    path = json_lines(finding(1), finding(2), finding(3, text=" "))
    first = load(path)
    before = state_of_tables()

    second = load(path)

    assert (second["created"], second["updated"], second["unchanged"]) == (0, 0, 2)
    assert second["batch"] == first["batch"]
    assert second["errors"] == first["errors"] == [{"row": 3, "reason": "It has no text."}]
    assert state_of_tables() == before


def test_dry_run_counts_and_writes_nothing(json_lines: Any, load: Any) -> None:
    before = state_of_tables()

    report = load(json_lines(finding(1), finding(2), {"id": "EX003"}), "--dry-run")

    assert (report["created"], report["rejected"], report["batch"]) == (2, 1, None)
    assert state_of_tables() == before


def test_a_bad_row_is_reported_while_the_others_go_in(json_lines: Any, load: Any) -> None:
    path = json_lines(
        finding(1),
        "{ this is not JSON",
        finding(3, published="31 Octember 2021"),
        "",
        finding(5, text=["a", "list"]),
        finding(6, text="x" * 20_001),
        finding(7, council="y" * 121),
        finding(1, text="The same reference with other words."),
        finding(9),
        '{"id": "EX010", "text": "half a character \\ud800"}',
        '{"id": "EX011", "text": "an empty character \\u0000"}',
    )

    report = load(path)

    assert report["created"] == 2
    reasons = {error["row"]: error["reason"] for error in report["errors"]}
    assert sorted(reasons) == [2, 3, 5, 6, 7, 8, 10, 11]
    assert reasons[2] == "This line is not valid JSON."
    assert "“31 Octember 2021” is not a day" in reasons[3]
    assert reasons[5] == "Its text is not text."
    assert reasons[6] == "Its text is longer than 20,000 characters."
    assert "longer than 120" in reasons[7]
    assert "stands in row 1 already" in reasons[8]
    assert {page.reference for page in pages_of()} == {"EX001", "EX009"}


def test_a_changed_row_makes_a_draft_and_leaves_live_text_alone(
    json_lines: Any, load: Any, lead: Any
) -> None:
    first = load(json_lines(finding(1, "Plans were vague."), finding(2)))
    approve(first["batch"], lead)

    report = load(json_lines(finding(1, "Plans were clear."), finding(2)))

    assert (report["created"], report["updated"], report["unchanged"]) == (0, 1, 1)
    page = page_of("EX001")
    assert page.text == "<p>Plans were vague.</p>"
    assert page.live
    assert page.has_unpublished_changes
    assert page.get_latest_revision_as_object().text == "<p>Plans were clear.</p>"


def test_a_draft_that_somebody_is_writing_is_not_overwritten(
    json_lines: Any, load: Any, lead: Any, other_lead: Any
) -> None:
    approve(load(json_lines(finding(1, "Plans were vague.")))["batch"], lead)
    page = page_of("EX001")
    page.summary = "In an editor's own words."
    page.save_revision(user=other_lead)

    report = load(json_lines(finding(1, "Plans were clear.")))

    assert report["updated"] == 0
    assert "Somebody is changing this finding" in report["errors"][0]["reason"]
    assert page_of("EX001").get_latest_revision_as_object().summary == "In an editor's own words."


def test_a_finding_that_was_withdrawn_is_not_brought_back_by_a_file(
    json_lines: Any, load: Any, lead: Any
) -> None:
    approve(load(json_lines(finding(1, "Plans were vague.")))["batch"], lead)
    page_of("EX001").unpublish(user=lead)

    same = load(json_lines(finding(1, "Plans were vague.")))
    changed = load(json_lines(finding(1, "Plans were clear.")))

    assert same["unchanged"] == 1
    assert "was withdrawn" in changed["errors"][0]["reason"]


def test_a_killed_load_goes_on_where_it_stopped(
    json_lines: Any, load: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = json_lines(*[finding(number) for number in range(1, 251)], "broken", finding(252))
    whole_chunk, chunks = services._load_chunk, []

    def killed_in_the_third(batch_id: int, read: Any) -> ImportBatch:
        chunks.append(batch_id)
        if len(chunks) == 3:
            raise KeyboardInterrupt
        return whole_chunk(batch_id, read)

    monkeypatch.setattr(services, "_load_chunk", killed_in_the_third)
    with pytest.raises(KeyboardInterrupt):
        load(path)
    assert pages_of().count() == 200
    assert ImportBatch.objects.get(pk=chunks[0]).state == BatchState.LOADING
    monkeypatch.undo()

    report = load(path)

    assert report["batch"] == chunks[0]
    assert (report["rows_read"], report["created"], report["rejected"]) == (252, 251, 1)
    assert pages_of().count() == 251
    assert pages_of().values("slug").distinct().count() == 251
    assert not ImportFile.objects.filter(batch_id=report["batch"]).exists()


def test_rows_without_a_reference_or_a_date(json_lines: Any, load: Any) -> None:
    row = {"text": "Children are seen alone."}
    load(json_lines(row, row, {"text": "Children are seen.", "published": "2018"}))

    again = load(json_lines({"text": "Children are seen alone."}))

    assert again["unchanged"] == 1
    pages = {page.title: page for page in pages_of()}
    assert pages["Children are seen alone."].get_parent().title == "Undated"
    assert pages["Children are seen."].get_parent().title == "2018"
    assert pages["Children are seen."].dated_on is None
    assert len(pages) == 2


def test_references_that_make_the_same_address_get_addresses_of_their_own(
    json_lines: Any, load: Any
) -> None:
    load(json_lines(finding(1, id="A/1"), finding(2, id="a1"), finding(3, id="子")))

    slugs = [page.slug for page in pages_of().order_by("path")]

    assert slugs[0] == "a1"
    assert slugs[1].startswith("a1-")
    assert len(set(slugs)) == 3
    assert all(slugs)


def test_two_sources_may_use_the_same_references(json_lines: Any, load: Any) -> None:
    load(json_lines(finding(1)))
    load(json_lines(finding(1)), source="Another inspectorate")

    assert pages_of("Another inspectorate").count() == pages_of().count() == 1


def test_a_source_is_known_by_its_name_however_it_is_written(json_lines: Any, load: Any) -> None:
    load(json_lines(finding(1)), "--licence", "ogl")
    report = load(json_lines(finding(2)), "--licence", "Another", source=SOURCE.upper())

    assert ImportedSourcePage.objects.filter(title__iexact=SOURCE).count() == 1
    assert page_of("EX002").licence == "Open Government Licence v3.0"
    assert "stay as they are" in report["warnings"][0]


def test_what_is_not_known_of_a_source_is_said(json_lines: Any, load: Any) -> None:
    report = load(json_lines(finding(1)))
    crown = load(json_lines(finding(1)), source="Ofsted of Nowhere")

    assert "licence" in report["warnings"][0]
    assert page_of("EX001").licence == "Not stated"
    assert "Open Government Licence" in crown["warnings"][0]
    assert "Crown copyright" in page_of("EX001", "Ofsted of Nowhere").attribution


def test_unknown_kinds_are_left_empty_and_counted(json_lines: Any, load: Any) -> None:
    report = load(
        json_lines(
            finding(1, kind="Wibble"),
            finding(2, kind="case_study", section="Practice study: highly effective practice"),
            finding(3, kind="case_study", section="Practice study"),
            finding(4, kind="Strength"),
        ),
        "--licence",
        "ogl",
    )

    assert [page.statement_kind for page in pages_of().order_by("reference")] == [
        "",
        "strength",
        "",
        "strength",
    ]
    assert report["warnings"] == [
        "The kind “Wibble” is not one that the portal knows; left empty in 1 rows."
    ]


def test_columns_can_be_named_on_the_command_line(json_lines: Any, load: Any) -> None:
    load(
        json_lines({"Nr": "7", "Was steht da": "Plans help."}),
        "--map",
        "text=was steht da",
        "--map",
        "reference=NR",
    )

    assert page_of("7").title == "Plans help."


def test_only_editors_and_leads_load(json_lines: Any, load: Any) -> None:
    with pytest.raises(CommandError, match="may not load findings"):
        load(json_lines(finding(1)), by=make_person("Frank", Role.FRONT_LINE))


def test_without_a_name_the_batch_says_an_operator_loaded_it(
    json_lines: Any, load: Any, lead: Any
) -> None:
    report = load(json_lines(finding(1)), by=None)

    assert batch_of(report).imported_by is None
    assert approve(report["batch"], lead)["published"] == 1


def test_a_missing_file_is_named() -> None:
    with pytest.raises(CommandError, match=r"nowhere\.csv cannot be opened"):
        call_command("import_findings", "nowhere.csv", "--source", SOURCE)
