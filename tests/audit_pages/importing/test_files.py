"""Files as people really have them: each is read, or turned away in one plain sentence."""

import json
from datetime import date, datetime
from typing import Any

import pytest

from audit_pages.importing.readers import csv_rows
from audit_pages.importing.readers.table import BadRow
from audit_pages.importing.reading import read_file
from audit_pages.importing.rows import CleanRow
from learning.spreadsheets import UnreadableFile
from tests.audit_pages.importing.workbooks import bomb, encrypted, repacked, strict, workbook

HEADER = ["Ref", "Council", "Publication date", "Section", "Type", "Finding"]
ROW = ["7", "Exampleton", "31/03/2021", "Strengths", "Strength", "Children, “seen”; heard."]


def csv_of(*rows: list[str], mark: str = ",") -> str:
    return "\r\n".join(mark.join(f'"{cell}"' for cell in row) for row in rows)


def read_one(content: bytes, **more: Any) -> CleanRow:
    rows = read_file(content, **more).rows
    assert len(rows) == 1
    assert isinstance(rows[0], CleanRow), rows[0]
    return rows[0]


def refusal(content: bytes, **more: Any) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_file(content, **more)
    return str(refused.value)


# --- Read -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_in_the_forms_that_excel_writes(encoding: str, mark: str) -> None:
    row = read_one(csv_of(HEADER, ROW, mark=mark).encode(encoding), name="findings.csv")

    assert (row.number, row.reference, row.authority) == (2, "7", "Exampleton")
    assert row.dated_on == date(2021, 3, 31)
    assert row.statement_kind == "strength"
    assert row.text == "Children, “seen”; heard."


def test_workbook() -> None:
    rows = [HEADER, [7, "Exampleton", datetime(2021, 3, 31, 12), "Strengths", "Strength", "Seen."]]

    row = read_one(workbook(*rows))

    assert (row.reference, row.dated_on, row.text) == ("7", date(2021, 3, 31), "Seen.")


def test_the_same_rows_are_the_same_findings_in_every_kind_of_file() -> None:
    values = dict(zip(HEADER, ROW, strict=True))

    rows = {
        read_one(csv_of(HEADER, ROW).encode()).digest,
        read_one(workbook(HEADER, ROW)).digest,
        read_one(json.dumps(values).encode()).digest,
    }

    assert len(rows) == 1


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    sheet = [[], HEADER, [], ROW, ["8", *ROW[1:5], None], ["9", *ROW[1:]]]
    as_csv = "\n" + csv_of(HEADER) + "\n\n" + csv_of(ROW, ["8", *ROW[1:5], ""], ["9", *ROW[1:]])

    for content in (workbook(*sheet), as_csv.encode()):
        assert [(row.number, isinstance(row, BadRow)) for row in read_file(content).rows] == [
            (4, False),
            (5, True),
            (6, False),
        ]


def test_lines_within_a_cell_stay_lines() -> None:
    row = read_one(b'text,id\n"First line.\nSecond line.\n\nNew paragraph.",1\n')

    assert row.html == "<p>First line.<br/>Second line.</p><p>New paragraph.</p>"


def test_the_sheet_with_findings_is_found_among_others() -> None:
    def notes_first(book: Any) -> None:
        book.create_sheet("Notes", 0).append(["About this workbook"])

    assert read_one(workbook(HEADER, ROW, more=notes_first)).reference == "7"


def test_cp1252_is_read_only_when_said() -> None:
    content = csv_of(HEADER, ROW).encode("cp1252")

    assert "line 2, byte" in refusal(content)
    assert "UTF-8" in refusal(content)
    assert read_one(content, encoding="cp1252").text == "Children, “seen”; heard."


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021-03-04", date(2021, 3, 4)),
        ("04/03/2021", date(2021, 3, 4)),
        ("4 March 2021", date(2021, 3, 4)),
        ("2021-03-04T10:20:00Z", date(2021, 3, 4)),
        ("2021-03-04 00:00:00", date(2021, 3, 4)),
    ],
)
def test_days_as_they_are_written(written: str, day: date) -> None:
    assert read_one(json.dumps({"text": "x", "date": written}).encode()).dated_on == day


# --- Turned away by row ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("8,Seen.,surplus", "more values than the header"),
        ('8,"Seen" alone', "A quotation mark stands where none is expected."),
        ('8,"Seen', "never closed"),
        ("8,", "It has no text."),
    ],
)
def test_broken_csv_rows_are_named_and_the_others_go_in(line: str, reason: str) -> None:
    rows = read_file(f"id,text\n1,Heard.\n{line}\n".encode()).rows

    assert isinstance(rows[0], CleanRow)
    assert isinstance(rows[1], BadRow)
    assert rows[1].number == 3
    assert reason in rows[1].reason


@pytest.mark.parametrize("year", ["0202-01-01", "2120-01-01"])
def test_days_out_of_all_reason_are_turned_away(year: str) -> None:
    (row,) = read_file(json.dumps({"text": "x", "date": year}).encode()).rows

    assert isinstance(row, BadRow)
    assert "too far back, or in the future" in row.reason


def test_a_cell_with_an_error_is_turned_away() -> None:
    rows = read_file(workbook(["text"], ["#REF!"], ["Seen."])).rows

    assert "#REF!" in rows[0].reason
    assert isinstance(rows[1], CleanRow)


# --- Turned away as a whole -----------------------------------------------------------------------
def two_sheets(book: Any) -> None:
    book.create_sheet("More").append(["Finding"])


GOOD = workbook(HEADER, ROW)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \n\n ", "The file is empty."),
        (b"id,text\n", "a header and no rows"),
        (b"1,2,3\n4,5,6\n", "names no column that holds the text"),
        (b"text,Text\na,b\n", "Two columns are named"),
        (b"comment,finding\na,b\n", "More than one column could be the text"),
        (b'["a list"]', "one JSON list"),
        (b'{\n"id": 1\n}\n', "No row of the file can be read. Row 1: This line is not valid JSON."),
        (b'{"id": 1}\n', "names no column that holds the text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not in UTF-8: line 1, byte 1"),
        (encrypted(), "protected with a password"),
        (encrypted()[:512] + b"\0" * 600, "older Office format"),
        (strict(GOOD), "Strict Open XML"),
        (GOOD[:-300], "damaged"),
        (workbook(), "The workbook is empty."),
        (workbook(HEADER), "a header and no rows"),
        (workbook(HEADER, ROW, more=two_sheets), "More than one sheet holds findings"),
        (repacked(GOOD, lambda n, p: p, xl__vbaProject_dot_bin=b"x"), "holds macros"),
        (repacked(GOOD, lambda n, p: p, content_dot_xml=b"<x/>"), "OpenDocument"),
        (
            repacked(GOOD, lambda n, p: p.replace(b"<worksheet", b"<!DOCTYPE x><worksheet")),
            "instructions that no spreadsheet writes",
        ),
        (bomb(), "unpacks to far more"),
        (b"id,text\n" + b"x" * 21 * 1024 * 1024, "larger than 20 MB"),
        (b"text\n" + b"x\n" * 50_001, "more than 50,000 rows"),
        (",".join(["text", *"x" * 200]).encode() + b"\na\n", "more than 200 columns"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_files_get_one_plain_sentence(content: bytes, sentence: str) -> None:
    said = refusal(content)

    assert sentence in said
    assert len(said) < 300
    assert said.endswith(".")


def test_a_workbook_of_another_kind_is_named() -> None:
    import io

    from pptx import Presentation

    out = io.BytesIO()
    Presentation().save(out)

    assert "not a workbook" in refusal(out.getvalue())


def test_an_encoding_that_does_not_exist() -> None:
    assert "not the name of an encoding" in refusal(b"text\nx\n", encoding="klingon")


def test_a_column_that_the_file_does_not_have() -> None:
    assert "no column “Comment”" in refusal(b"text\nx\n", columns={"text": "Comment"})


def test_reading_twice_gives_the_same() -> None:
    content = csv_of(HEADER, ROW, ["8", *ROW[1:]]).encode()

    assert read_file(content).rows == read_file(content).rows


def test_the_reader_itself_never_cuts_a_long_text() -> None:
    long = "word " * 60_000
    (row,) = csv_rows.rows_of(f"text\n{long}\n", {})

    assert len(row.values["text"]) == len(long)
