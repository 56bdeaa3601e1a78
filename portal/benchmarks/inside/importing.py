"""A file of past findings, loaded by one person and approved by another."""

import io
import json
import random
import tempfile
import time
from pathlib import Path

from django.core.management import call_command

from learning.people.roles import Role
from portal.benchmarks.inside.corpus import own_sentences
from portal.demo.loader import first_with


def import_rows(*, rows: int, run: int) -> dict[str, float]:
    """Rows a second of loading, of approving, and of both together."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "findings.jsonl"
        path.write_text(made_file(rows, run), encoding="utf-8")
        started = time.perf_counter()
        batch = _load(path, run)
        loaded = time.perf_counter()
    _approve(batch, rows)
    ended = time.perf_counter()
    return {
        "load": rows / (loaded - started),
        "approve": rows / (ended - loaded),
        "both": rows / (ended - started),
    }


def made_file(rows: int, run: int) -> str:
    """JSON lines, other ones for each run."""
    sentences, chance = own_sentences(), random.Random(run)
    return "".join(
        json.dumps(
            {
                "id": f"B{run}-{number}",
                "council": f"Invented borough {number % 40}",
                "published": f"{2018 + number % 8}-03-01",
                "section": "What needs to improve?",
                "text": " ".join(chance.choices(sentences, k=chance.randint(1, 3))),
            }
        )
        + "\n"
        for number in range(rows)
    )


def _load(path: Path, run: int) -> int:
    """The number of the batch."""
    said = io.StringIO()
    call_command(
        "import_findings", str(path), source=f"Invented source {run}",
        email=first_with(Role.EDITOR).email, json=True, stdout=said,
    )  # fmt: skip
    return json.loads(said.getvalue())["batch"]


def _approve(batch: int, rows: int) -> None:
    said = io.StringIO()
    call_command(
        "approve_import", str(batch), email=first_with(Role.LEAD_QA).email, json=True, stdout=said
    )
    published = json.loads(said.getvalue())["published"]
    assert published >= rows, f"{published} of {rows} rows were published"
