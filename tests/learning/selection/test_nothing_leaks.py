"""What a council's list says of a child reaches nothing but the key table (invariant 2; issue 4, section 8)."""

import base64
import logging
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from learning.people.roles import Role
from learning.selection.models import CaseKey, FrameCase, SampledCase
from tests.learning.audit import a_person
from tests.learning.selection.conftest import usual_lists, workbook
from tests.learning.selection.test_pages import a_file, at, draw_on_screen

pytestmark = pytest.mark.django_db

WORKER = "Wilhelmina Canary"
CANARIES = (
    "7007000",
    "7010003",
    "Wilhelmina",
    "Canary",
    "2019-03-17",
    "17/03/2019",
    "ZZ9 9ZZ",
    "8800014001",
)
"""A child's number, a worker's name, a date of birth, a postcode, a family's number."""

DRAWN_AT_RANDOM = re.compile(r"\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b|\b[0-9a-f]{64}\b")
"""Identifiers of blocks and digests: of tens of thousands, one holds seven given digits by chance."""


def every_value() -> Iterator[tuple[str, str]]:
    """Every row of every table as text, with its table's name: also of the keys, which are encrypted."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, DRAWN_AT_RANDOM.sub("", " ".join(_text(value) for value in row))


def _text(value: Any) -> str:
    """The value as text; a session is unpacked, since it is compressed."""
    text = value.decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
    if text.startswith("."):
        packed = text[1:].split(":")[0]
        try:
            padded = packed + "=" * (-len(packed) % 4)
            return text + zlib.decompress(base64.urlsafe_b64decode(padded)).decode()
        except (ValueError, zlib.error):
            return text
    return text


def found_in(pieces: Iterator[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(place, canary) for place, text in pieces for canary in CANARIES if canary in text}


def test_no_word_of_the_list_is_anywhere_but_in_the_key_table(
    cycle: Any, sign_in: Any, caplog: Any, django_capture_on_commit_callbacks: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    desk = sign_in(Role.QA_OFFICER)
    draw_on_screen(desk, cycle.ref)
    desk.post(at("leave_out", cycle.ref), {"council_id": "7007000", "reason": "court"})
    desk.post(at("confirm_draw", cycle.ref))
    worker = a_person("Wanda")
    SampledCase.objects.filter(cycle=cycle).update(worker=worker)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(at("tell_workers", cycle.ref))

    numbers = CaseKey.objects.values_list("council_id", flat=True)
    assert "7007000" in numbers, "the canaries were there to be found"
    assert found_in(every_value()) == set()
    assert found_in(("mail", m.subject + m.body) for m in mail.outbox) == set()
    assert len(mail.outbox) == 1
    assert found_in(("log", record.getMessage()) for record in caplog.records) == set()
    assert found_in(("cookie", morsel.value) for morsel in desk.cookies.values()) == set()
    pages = [
        at(name, cycle.ref)
        for name in ("draw", "frame", "certificate", "certificate_file", "cases")
    ]
    pages += [at("case", case.ref) for case in cycle.sample.in_sample()[:3]]
    assert found_in((page, desk.get(page).content.decode()) for page in pages) == set()


def test_a_worker_whom_the_portal_knows_is_linked_and_two_of_one_name_are_not(
    cycle: Any, sign_in: Any
) -> None:
    worker = a_person("Wilhelmina")
    desk = sign_in(Role.QA_OFFICER)
    desk.post(at("promise_seed", cycle.ref))
    lists = usual_lists(2, worker="WILHELMINA\u00a0 Built")
    desk.post(at("load_frame", cycle.ref), {"file": a_file(workbook(lists))})
    cases = FrameCase.objects.filter(frame__draw__cycle=cycle, area__code="child_in_need")
    assert {case.worker for case in cases} == {worker}

    desk.post(at("throw_away", cycle.ref))
    a_person("Second")
    type(worker).objects.filter(first_name="Second").update(
        first_name="Wilhelmina", last_name="Built"
    )
    desk.post(at("load_frame", cycle.ref), {"file": a_file(workbook(lists))})
    assert {case.worker for case in cases.all()} == {None}
    assert len({case.worker_reference for case in cases.all()}) == 1


def test_a_refused_file_leaves_nothing_and_logs_nothing(
    cycle: Any, sign_in: Any, caplog: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    desk = sign_in(Role.QA_OFFICER)
    desk.post(at("promise_seed", cycle.ref))
    for content in (b"", b"Wilhelmina Canary,7007000\n", workbook(usual_lists())[:3000]):
        answer = desk.post(at("load_frame", cycle.ref), {"file": a_file(content, "list.csv")})
        assert answer.status_code == 422
    assert not FrameCase.objects.filter(frame__draw__cycle=cycle).exists()
    assert not CaseKey.objects.filter(case__frame__draw__cycle=cycle).exists()
    assert found_in(("log", record.getMessage()) for record in caplog.records) == set()


def test_the_command_counts_loads_and_can_look_first(
    cycle: Any, officer: Any, tmp_path: Path, capsys: Any
) -> None:
    import json

    from learning.selection.files import remember_columns, signature_of
    from learning.selection.frames.mapped import Columns
    from learning.selection.frames.sheets import read_sheets
    from learning.selection.loading import promise_seed

    path = tmp_path / "annex_a.xlsx"
    path.write_bytes(workbook(usual_lists()))
    call_command("import_frame", str(path), "--cycle", cycle.ref, "--dry-run", "--json")
    counts = json.loads(capsys.readouterr().out)
    assert (counts["read"], counts["kept"], counts["loaded"]) == (42, 42, False)
    assert counts["read"] == counts["kept"] + counts["merged"] + counts["dropped"]
    assert not FrameCase.objects.filter(frame__draw__cycle=cycle).exists()

    with pytest.raises(CommandError, match="Fix the seed first"):
        call_command("import_frame", str(path), "--cycle", cycle.ref)
    promise_seed(cycle=cycle, promised_by=officer)
    call_command("import_frame", str(path), "--cycle", cycle.ref)
    said = capsys.readouterr().out
    assert "Together: 42 rows = 42 kept + 0 merged + 0 left out" in said
    assert not [canary for canary in CANARIES if canary in said]
    assert FrameCase.objects.filter(frame__draw__cycle=cycle).count() == 42
    with pytest.raises(CommandError, match="loaded already"):
        call_command("import_frame", str(path), "--cycle", cycle.ref)
    with pytest.raises(CommandError, match="no cycle"):
        call_command("import_frame", str(path), "--cycle", "2099-Q9")
    path.write_bytes(b"No,Area\n1,CP\n")
    with pytest.raises(CommandError, match="--column"):
        call_command("import_frame", str(path), "--cycle", cycle.ref, "--dry-run")
    call_command(
        "import_frame", str(path), "--cycle", cycle.ref, "--dry-run",
        "--column", "council_id=no", "--column", "area=Area",
    )  # fmt: skip
    assert "1 cases" in capsys.readouterr().out
    sheet = read_sheets(path.read_bytes())[0]
    remember_columns(
        signature=signature_of(sheet), columns=Columns(council_id=1, area=0), mapped_by=officer
    )
    call_command("import_frame", str(path), "--cycle", cycle.ref, "--dry-run")
    assert "0 cases" in capsys.readouterr().out, "by the columns that are remembered"
    call_command(
        "import_frame", str(path), "--cycle", cycle.ref, "--dry-run",
        "--column", "council_id=No", "--column", "area=Area",
    )  # fmt: skip
    assert "1 cases" in capsys.readouterr().out, "by those that were said"
