"""Lists as councils really have them: right rows, or a plain word on each that is not (issue 4, section 2)."""

import io
import os
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from learning.selection.frames.annex_a import is_annex_a, read_annex_a
from learning.selection.frames.cells import NotADay, council_id_of, day_of, is_from_partner
from learning.selection.frames.mapped import Columns, header_of, read_mapped
from learning.selection.frames.rows import ReadFrame
from learning.selection.frames.sheets import read_sheets
from learning.spreadsheets import UnreadableFile
from tests.audit_pages.importing import workbooks
from tests.learning.selection.conftest import DAY, HEADERS, usual_lists, workbook


def read(lists: dict[int, list[list[Any]]], **dirt: Any) -> ReadFrame:
    return read_annex_a(read_sheets(workbook(lists, **dirt)))


def adds_up(frame: ReadFrame) -> bool:
    """Rows read = kept + merged + left out, on each list and together; kept = cases."""
    lists = all(
        one.read == one.kept + one.merged + sum(one.dropped.values()) for one in frame.lists
    )
    return lists and sum(one.kept for one in frame.lists) == len(frame.cases)


# --- Children and lists ----------------------------------------------------------------------------


def test_each_list_gives_its_area_of_work() -> None:
    frame = read(usual_lists(1))
    assert [case.area for case in frame.cases] == [
        "initial_contact",
        "family_support_early_help",
        "child_in_need",
        "child_protection",
        "looked_after",
        "care_leaver",
        "adoption",
    ]
    assert adds_up(frame)


def test_a_child_on_several_lists_is_one_case_of_the_most_intensive_work_that_goes_on() -> None:
    frame = read(
        {
            1: [[1, "", "", 3, DAY, "q) 6: Police"]],
            6: [[1, DAY, None, "Team 1", "Ann Other"], [2, DAY, None, "Team 1", "Ann Other"]],
            7: [[1, None, DAY, None, "", ""], [2, None, DAY, DAY, "Team 9", "Else One"]],
        }
    )
    first, second = frame.cases
    assert (first.area, first.team, first.worker) == ("child_protection", "Team 1", "Ann Other")
    assert len(first.lists) == 3
    assert (second.area, second.team) == ("child_in_need", "Team 1")
    assert second.closed_on is None
    assert adds_up(frame)


def test_a_case_is_closed_when_all_its_work_has_ended() -> None:
    last = date(2031, 3, 1)
    frame = read({6: [[1, DAY, DAY, "", ""]], 7: [[1, None, DAY, last, "", ""]]})
    assert [case.closed_on for case in frame.cases] == [last]


def test_adopters_are_counted_and_make_no_case() -> None:
    frame = read({6: [[1, DAY, None, "", ""]], 11: [[71, 88], [72, 88]]})
    assert len(frame.cases) == 1
    assert frame.counts()["dropped"] == 2
    assert adds_up(frame)


@pytest.mark.parametrize(
    ("source", "is_partners"),
    [
        ("q) 6: Police", True),
        ("e) 2A: Schools", True),
        ("b) 1B: Individual", False),
        ("t) 9: Anonymous", False),
        ("1A", False),
        ("10: Unknown", True),
        ("", True),
        ("The police", True),
    ],
)
def test_only_contacts_from_agencies_are_initial_contacts(source: str, is_partners: bool) -> None:
    assert is_from_partner(source) is is_partners
    (case,) = read({1: [[1, "", "", 3, DAY, source]]}).cases
    assert case.area == ("initial_contact" if is_partners else "")


# --- Dirt ------------------------------------------------------------------------------------------


def test_titles_above_the_header_blank_rows_and_repeated_headers_are_no_cases() -> None:
    rows = [
        [1, DAY, None, "", ""],
        [None] * 5,
        HEADERS[6],
        ["", DAY, None, "Team 1", "X Y"],
        ["Total", 2],
    ]
    frame = read({6: rows}, above=3)
    assert len(frame.cases) == 1
    (one,) = frame.lists
    assert one.read == 4
    assert sum(one.dropped.values()) == 3
    assert "Rows above a header, read as titles: 3." in frame.notes
    assert adds_up(frame)


def test_shifted_and_rewritten_headers_are_found() -> None:
    header = {
        6: [
            None,
            "  CIN  start date ",
            "Child\u00a0Unique ID ",
            "ALLOCATED TEAM",
            "Allocated Worker\n",
        ]
    }
    frame = read({6: [[None, DAY, 1, "Team\u00a01 ", " Ann  Other"]]}, header=header)
    (case,) = frame.cases
    assert (case.team, case.worker, case.opened_on) == ("Team 1", "Ann Other", DAY)


def test_sheets_are_known_by_their_columns_whatever_they_are_called() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook({7: [[1, None, DAY, None, "", ""]]})))
    book.active.title = "List 1"
    book.create_sheet("Notes").append(["This file was made on Monday"])
    out = io.BytesIO()
    book.save(out)
    frame = read_annex_a(read_sheets(out.getvalue()))
    assert [case.area for case in frame.cases] == ["child_protection"]
    assert frame.counts()["dropped"] == 1
    assert adds_up(frame)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2031-01-06", DAY),
        ("06/01/2031", DAY),
        ("6 January 2031", DAY),
        ("06-Jan-2031", DAY),
        ("06.01.2031", DAY),
        ("2031-01-06T00:00:00", DAY),
        ("47854", DAY),
        (" #N/A ", None),
        ("", None),
    ],
)
def test_dates_as_people_write_them(cell: str, day: date | None) -> None:
    assert day_of(cell) == day


def test_what_is_no_date_is_left_empty_and_counted() -> None:
    with pytest.raises(NotADay):
        day_of("last week")
    frame = read({6: [[1, "last week", "soon", "", ""]]})
    assert frame.cases[0].opened_on is None
    assert "Dates that could not be understood and were left empty: 2." in frame.notes


@pytest.mark.parametrize(
    "cell", ["Jane Smith", "2015-01-25", "", "#N/A", "=A1", "x" * 41 + "1", "??", "-"]
)
def test_what_cannot_be_a_number_of_a_child_is_not_taken_for_one(cell: str) -> None:
    assert council_id_of(cell) == ""


def test_numbers_are_the_same_child_as_text_as_number_and_without_zeros() -> None:
    frame = read({6: [["0612306", DAY, None, "", ""]], 8: [[612306.0, DAY, None, "", "", ""]]})
    assert len(frame.cases) == 1
    assert frame.cases[0].area == "looked_after"


def test_formulas_count_by_their_value_and_say_so_where_there_is_none() -> None:
    frame = read(
        {6: [[1, "=TODAY()", None, "", ""], ["=1+1", DAY, None, "", ""], [3, DAY, None, "", ""]]}
    )
    assert len(frame.cases) == 2
    assert frame.lists[0].dropped == {
        "The child's number is a formula whose value the file does not hold": 1
    }
    assert any("formulas whose value" in note for note in frame.notes)
    assert adds_up(frame)


def test_an_empty_list_is_a_list_without_cases() -> None:
    frame = read({6: [], 7: [[1, None, DAY, None, "", ""]]})
    assert [one.read for one in frame.lists] == [0, 1]


def test_titles_that_are_none_of_annex_a_are_counted_and_never_repeated() -> None:
    header = {6: [*HEADERS[6], "Notes about Wilhelmina"]}
    frame = read({6: [[1, DAY, None, "", "", "private"]]}, header=header)
    assert "Wilhelmina" not in str(frame.left_out)
    assert "other columns: 1" in frame.left_out["List 6: children in need"]


# --- Plain tables ----------------------------------------------------------------------------------


def test_a_plain_table_is_read_by_its_columns() -> None:
    content = "No,Area,Team,From\n1,CP,North,06/01/2031\n2,cin,North,never\n3,space,,\n1,CIN,,\n"
    (sheet,) = read_sheets(content.encode())
    assert not is_annex_a([sheet])
    frame = read_mapped(
        sheet,
        Columns(council_id=0, area=1, team=2, opened=3),
        {"cp": "child_protection", "cin": "child_in_need"},
    )
    assert [case.area for case in frame.cases] == ["child_protection", "child_in_need", ""]
    assert frame.cases[0].opened_on == DAY
    assert (frame.lists[0].read, frame.lists[0].merged) == (4, 1)
    assert len(frame.notes) == 2
    assert adds_up(frame)


BELOW_A_TITLE = [
    ["Open cases at 31 March"],
    ["Drawn up", date(2031, 3, 31)],
    ["No", "Area", "Team", "Worker", "From"],
    [1001.0, "CP", "North", "Ann Other", DAY],
    [1002, "CIN", "South", "Else One", DAY, "note"],
]


def as_csv(rows: list[list[Any]], mark: str) -> bytes:
    return "\n".join(mark.join(str(cell) for cell in row) for row in rows).encode()


def as_workbook(rows: list[list[Any]]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [as_csv(BELOW_A_TITLE, ","), as_csv(BELOW_A_TITLE, ";"), as_workbook(BELOW_A_TITLE)],
    ids=["commas", "semicolons", "workbook"],
)
def test_a_title_above_a_plain_table_costs_no_column(content: bytes) -> None:
    (sheet,) = read_sheets(content)
    assert header_of(sheet) == ["No", "Area", "Team", "Worker", "From", ""]
    columns = Columns(council_id=0, area=1, team=2, worker=3, opened=4)
    frame = read_mapped(sheet, columns, {"cp": "child_protection", "cin": "child_in_need"})
    first, second = frame.cases
    assert (first.council_id, first.team, first.worker) == ("1001", "North", "Ann Other")
    assert (second.council_id, second.opened_on) == ("1002", DAY)
    assert "Rows above a header, read as titles: 2." in frame.notes
    assert frame.left_out == {"The table": ["other columns: 1"]}
    assert (frame.lists[0].read, frame.lists[0].kept) == (2, 2)


def test_one_child_with_and_without_a_point_is_one_case() -> None:
    (sheet,) = read_sheets(b"No,Area\n1001.0,CP\n1001,CP\n1002.5,CP\n")
    frame = read_mapped(sheet, Columns(council_id=0, area=1), {"cp": "child_protection"})
    assert [case.council_id for case in frame.cases] == ["1001", "1002.5"]
    assert "Numbers of children that end in “.0”, read without it: 1." in frame.notes


def test_a_team_in_other_letters_is_the_same_team() -> None:
    (sheet,) = read_sheets(b"No,Area,Team\n1,CP,North\n2,CP,NORTH\n3,CP,north \n4,CP,South\n")
    frame = read_mapped(sheet, Columns(council_id=0, area=1, team=2), {"cp": "child_protection"})
    assert [case.team for case in frame.cases] == ["North", "North", "North", "South"]


def test_formulas_without_a_value_are_counted_in_a_plain_table() -> None:
    rows = [["No", "Area", "Team", "From"], [1, "CP", "North", "=TODAY()"], [2, "CP", "=A1", DAY]]
    (sheet,) = read_sheets(as_workbook(rows))
    columns = Columns(council_id=0, area=1, team=2, opened=3)
    frame = read_mapped(sheet, columns, {"cp": "child_protection"})
    assert [case.opened_on for case in frame.cases] == [None, DAY]
    assert any("whose value the file does not hold: 2." in note for note in frame.notes)


def test_a_note_without_a_title_does_not_make_a_header_of_a_case() -> None:
    (sheet,) = read_sheets(b"Open cases\nNo,Area\nCH0001,CP,a note\nCH0002,CP\n")
    assert header_of(sheet) == ["No", "Area", ""]


def test_a_table_of_numbers_alone_begins_with_its_first_row() -> None:
    (sheet,) = read_sheets(b"2031,2032\n1,2\n")
    assert header_of(sheet) == ["2031", "2032"]


# --- Files that are no lists -------------------------------------------------------------------------


def of_parts(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def wrong_files() -> Iterator[Any]:
    usual = workbook(usual_lists(1))
    macros = workbooks.repacked(usual, lambda name, part: part, xl__vbaProject_dot_bin=b"x")
    wide = "No," + ",".join("x" * 250) + "\n1\n"
    yield from (
        ("empty", b"", "The file is empty"),
        ("blank", b"  \n ", "The file is empty"),
        ("nothing on it", workbooks.workbook([]), "nothing on any sheet"),
        ("password", workbooks.encrypted(), "protected with a password"),
        ("strict", workbooks.strict(usual), "Strict Open XML"),
        ("macros", macros, "holds macros"),
        ("bomb", workbooks.bomb(), "unpacks to far more"),
        ("cut off", usual[:2000], "damaged"),
        ("word", of_parts(word__document_dot_xml=b"<x/>"), "not a workbook"),
        ("ods", of_parts(content_dot_xml=b"<x/>"), "OpenDocument"),
        ("binary", of_parts(xl__workbook_dot_bin=b"x"), "binary workbook"),
        ("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 50, "neither a workbook nor text"),
        ("old", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "older Office format"),
        ("too wide", wide.encode(), "more than 200 columns"),
        ("open quote", b'No,Area\n1,"CP\n', "quotation mark"),
        ("latin", "No,Area\n1,Fürsorge\n".encode("latin-1"), "not in UTF-8"),
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [pytest.param(content, sentence, id=name) for name, content, sentence in wrong_files()],
)
def test_what_is_no_list_gets_one_plain_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence) as refusal:
        read_sheets(content)
    assert len(str(refusal.value)) < 160


def test_a_file_of_more_than_the_limit_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="larger than 20 MB"):
        read_sheets(b"1," * 11 * 1024 * 1024)


# --- The councils' real forms ------------------------------------------------------------------------

REAL = {
    "Annex_A.xlsx": ("Annex A, 2019", 59, 48, 6, 5),
    "Annex_A_2024_Jan.xlsx": ("Annex A, January 2024", 59, 48, 6, 5),
    "annex_a_journeys.xlsx": ("Annex A, 2019", 43, 18, 25, 0),
}


@pytest.mark.real
@pytest.mark.parametrize("name", REAL)
def test_the_real_forms_add_up(name: str) -> None:
    content = (Path(os.environ["PORTAL_REAL_DATA"]) / "annex_a" / name).read_bytes()
    frame = read_annex_a(read_sheets(content))
    counts = frame.counts()
    came_to = (frame.form, counts["read"], counts["kept"], counts["merged"], counts["dropped"])
    assert came_to == REAL[name]
    assert adds_up(frame)
    assert not frame.notes
    assert all(case.opened_on for case in frame.cases if case.area != "care_leaver")
