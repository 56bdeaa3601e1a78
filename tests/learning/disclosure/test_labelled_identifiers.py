"""The labelled British identifiers of the real file, half of them look-alikes: how much is found."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from learning.disclosure.finding import LocalKnowledge, find_identifiers
from learning.disclosure.kinds import Kind

pytestmark = pytest.mark.real

ALL = ("NHS_NUMBER", "NINO", "UK_PASSPORT", "UK_DRIVING_LICENCE", "UK_VEHICLE_REG", "POSTCODE")
FLOORS = dict.fromkeys((*ALL, "DATE", "DATE_OF_BIRTH"), (1.0, 1.0)) | {"PHONE": (0.9, 0.95)}
"""The least precision and recall of each kind. Tax references, of which the file has one, are no kind of ours;
two numbers of the file are labelled as telephone numbers in one line and not in the next."""


def cases() -> list[dict[str, Any]]:
    path = Path(os.environ["PORTAL_REAL_DATA"]) / "uk_patterns" / "uk_pattern_cases.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def measured() -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Spans rightly found, wrongly found, and missed, by kind; a span that overlaps its label is right."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for case in cases():
        labels = [label for label in case["spans"] if label["type"] in Kind.values]
        for span in find_identifiers(case["text"], LocalKnowledge()):
            met = [label for label in labels if _meets(label, span)]
            (right if met else wrong)[span.kind.value] += 1
            labels = [label for label in labels if label not in met]
        missed.update(label["type"] for label in labels)
    return right, wrong, missed


def _meets(label: dict[str, Any], span: Any) -> bool:
    overlaps = label["start"] < span.end and span.start < label["end"]
    return overlaps and label["type"] == span.kind


def test_each_kind_keeps_its_precision_and_recall(capsys: pytest.CaptureFixture[str]) -> None:
    right, wrong, missed = measured()

    below = []
    with capsys.disabled():
        for kind in sorted({*right, *wrong, *missed}):
            precision = right[kind] / max(1, right[kind] + wrong[kind])
            recall = right[kind] / max(1, right[kind] + missed[kind])
            print(f"{kind:20} precision {precision:.2f}  recall {recall:.2f}  of {right[kind]}")
            least = FLOORS.get(kind, (1.0, 1.0))
            below += [kind] if precision < least[0] or recall < least[1] else []
    assert below == []
    assert set(right) == set(FLOORS)
