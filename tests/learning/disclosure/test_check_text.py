"""`manage.py check_text`: JSON lines in, JSON lines out."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from learning.people.models import StaffMember

pytestmark = pytest.mark.django_db


def lines_of(tmp_path: Path, *rows: str) -> str:
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(rows), "utf-8")
    return str(path)


def test_each_text_gets_a_line_with_what_was_found(tmp_path: Path, capsys: object) -> None:
    path = lines_of(
        tmp_path,
        json.dumps({"id": "a", "text": "NHS 401 023 2137\u2028and SW1A 1AA"}, ensure_ascii=False),
        "",
        json.dumps({"id": 2, "text": "Nothing here"}),
    )

    call_command("check_text", path, "--json")

    first, second = [json.loads(line) for line in capsys.readouterr().out.splitlines()]  # type: ignore[attr-defined]
    assert first == {
        "id": "a",
        "spans": [
            {"start": 4, "end": 16, "kind": "NHS_NUMBER"},
            {"start": 21, "end": 29, "kind": "POSTCODE"},
        ],
    }
    assert second == {"id": 2, "spans": []}


def test_names_that_a_colleague_is_also_called_by_are_found(
    tmp_path: Path, capsys: object, stranger: StaffMember
) -> None:
    StaffMember.objects.filter(pk=stranger.pk).update(also_called="Sammy-Jo")
    row = {"id": 1, "text": f"Sammy Jo {stranger.last_name} rang."}

    call_command("check_text", lines_of(tmp_path, json.dumps(row)), "--json")

    said = json.loads(capsys.readouterr().out)  # type: ignore[attr-defined]
    assert said["spans"] == [{"start": 0, "end": 17, "kind": "STAFF_NAME"}]


def test_in_words_the_text_itself_is_not_repeated(tmp_path: Path, capsys: object) -> None:
    call_command("check_text", lines_of(tmp_path, '{"id": 1, "text": "at SW1A 1AA"}'))

    assert capsys.readouterr().out == "1: Postcode (3–11)\n"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("SW1A 1AA", "Line 2 is not JSON"),
        ('["SW1A 1AA"]', "Line 2 needs an id"),
        ('{"id": 1, "text": 7}', "Line 2 needs an id"),
        ('{"text": "SW1A 1AA"}', "Line 2 needs an id"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_not_repeated(
    tmp_path: Path, row: str, words: str
) -> None:
    with pytest.raises(CommandError, match=words) as refusal:
        call_command("check_text", lines_of(tmp_path, '{"id": 0, "text": ""}', row))

    assert "SW1A" not in str(refusal.value)


def test_a_file_that_is_not_there_is_said_plainly() -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("check_text", "/nowhere/texts.jsonl")
