"""The wording coach: each rule finds what it is for, everywhere that the pair writes, and rewrites nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from learning.people.models import StaffMember
from learning.submissions.hinting import hints_of
from learning.submissions.talking import Talk, record_conversation
from learning.submissions.wording import HintKind, hints_in, outside_window
from learning.submissions.writing import add_question, add_statement
from tests.learning.submissions.conftest import Audit

pytestmark = pytest.mark.django_db
HONEST = "She was seen alone each week because her worker kept Fridays free, so that she talked."


@pytest.mark.parametrize(
    ("kind", "box", "text"),
    [
        (HintKind.GRADE, "saw", "Practice was outstanding."),
        (HintKind.DESCRIPTION, "means", "Visits took place in May and in June and in July."),
        (HintKind.PRACTITIONER, "means", "The social worker failed to visit her."),
        (HintKind.ABSOLUTE, "means", "She was never seen alone."),
        (HintKind.JARGON, "means", "It was disguised compliance, because the door stayed shut."),
        (HintKind.IDENTIFIER, "saw", "Her mother lives at SW1A 1AA."),
    ],
)
def test_each_rule_finds_what_it_is_for(kind: HintKind, box: str, text: str) -> None:
    assert kind in {hint.kind for hint in hints_in({box: text})}
    assert not hints_in({box: HONEST})


@pytest.mark.parametrize("words", [10, 149, 301])
def test_the_overall_statement_has_a_length(words: int) -> None:
    kinds = {hint.kind for hint in hints_in({"means": "so " * words}, section_key="overall")}
    assert HintKind.LENGTH in kinds
    fitting = hints_in({"means": "so " * 200}, section_key="overall")
    assert HintKind.LENGTH not in {hint.kind for hint in fitting}


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("Seen on 12/03/2026.", []),
        ("Seen on 3rd March 2024 and 2026-02-01.", ["3rd March 2024"]),
        ("A visit on 1.8.25 and one on 5 May.", ["1.8.25"]),
        ("From 30 February 2026 on.", []),
        ("On 2026-05-01 and 2026-11-30.", ["2026-11-30"]),
        ("In March-2019, 3/2019, 03/19 and March-19.", []),
    ],
)
def test_evidence_from_outside_the_six_months_is_flagged(text: str, outside: list[str]) -> None:
    found = outside_window(text, date(2025, 12, 1), date(2026, 6, 1))
    assert [hint.words for hint in found] == outside


def test_statements_questions_and_the_talk_are_read_too(
    opened: Audit, sign_in: Callable[..., Client]
) -> None:
    by: Any = opened.first
    add_statement(
        submission=opened.fresh(),
        section=opened.section("voice"),
        kind="strength",
        text="Practice is outstanding, and she lives at SW1A 1AA.",
        themes=[],
        by=by,
    )
    add_question(submission=opened.fresh(), text="Why was 401 023 2137 not asked?", by=by)
    opened.write("lived_experience", saw="She gets herself up.")
    opened.submission.refresh_from_db()
    sign_in(by).post(f"/audits/submissions/{opened.ref}/questions/agree/")
    talk = Talk(held_on=date(2026, 3, 1), participants=["social_worker"], proud_of="9/10 for her")
    record_conversation(submission=opened.fresh(), talk=talk, by=by)
    found = {(placed.title, placed.hint.kind) for placed in hints_of(opened.fresh())}
    voice = opened.section("voice").title
    assert {(voice, HintKind.GRADE), (voice, HintKind.IDENTIFIER)} <= found
    assert ("Questions", HintKind.IDENTIFIER) in found
    assert ("The conversation", HintKind.GRADE) in found
    page = sign_in(by).get(f"/audits/submissions/{opened.ref}/confirm/").content.decode()
    assert "SW1A 1AA" in page
    assert f"/audits/submissions/{opened.ref}/conversation/" in page
    section = sign_in(by).get(f"/audits/submissions/{opened.ref}/sections/voice/").content.decode()
    assert "SW1A 1AA" in section.split("Hints on wording")[1]


def test_the_coach_knows_what_else_a_colleague_is_called(opened: Audit) -> None:
    StaffMember.objects.filter(pk=opened.worker.pk).update(also_called="Bo")
    opened.write("lived_experience", saw=f"Bo {opened.worker.last_name} came each week.")
    found = [placed.hint for placed in hints_of(opened.fresh())]
    assert [hint.words for hint in found if hint.kind == HintKind.IDENTIFIER] == [
        f"Bo {opened.worker.last_name}"
    ]
