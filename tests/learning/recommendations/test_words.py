"""Words that could give somebody away, and grades: asked about once everywhere, refused where boards read."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.models import Recommendation
from tests.learning.audit import a_recommendation
from tests.learning.recommendations.conftest import (
    STATEMENT,
    Audit,
    a_confirmation,
    a_draft,
    in_working_days,
    typed,
    url,
)

pytestmark = pytest.mark.django_db

TELEPHONE = "07700 900123"
NHS_NUMBER = "943 476 5919"
TELLING = f"Ring her on {TELEPHONE}; practice is inadequate."


def looked_at(page: str) -> str:
    """What the page sends along, so that the same words are not asked about again."""
    found = re.search(r'name="looked_at" value="([0-9a-f ]+)"', page)
    assert found
    return found[1]


def asks_once(client: Client, address: str, sent: dict[str, Any], field: str) -> None:
    """The first press shows the marks and keeps nothing, the second keeps the words."""
    before = client.get(address)
    assert "Hints on wording" not in before.text
    asked = client.post(address, {**sent, field: f"{sent[field]} {TELLING}"})
    assert asked.status_code == 422
    for words in ("Telephone number", TELEPHONE, "reads as a grade", "inadequate"):
        assert words in asked.text, words
    again = {**sent, field: f"{sent[field]} {TELLING}", "looked_at": looked_at(asked.text)}
    other = {**again, field: f"{again[field]} Her number is {NHS_NUMBER}."}
    assert client.post(address, other).status_code == 422, "a new mark is asked about anew"
    assert client.post(address, again).status_code == 302


@pytest.mark.parametrize(
    ("step", "field"),
    [
        ("update", "words"),
        ("confirm", "statement"),
        ("confirm", "evidence"),
        ("extend", "reason"),
        ("propose_non_acceptance", "reason"),
    ],
)
def test_what_owners_write_is_looked_at_once_before_it_is_kept(
    step: str, field: str, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    row = a_recommendation(audit.submission, owner=audit.owner, state="in_progress")
    sent = {
        "update": {"words": "It goes on."},
        "confirm": a_confirmation(audit.owner.get_full_name()),
        "extend": {"reason": "Full.", **typed("new_due_date", in_working_days(40))},
        "propose_non_acceptance": {"reason": "The law says otherwise."},
    }[step]
    asks_once(sign_in(audit.owner), url(step, row), sent, field)


def test_a_draft_is_looked_at_once_and_the_lead_sees_the_marks_before_issuing(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    address = reverse("recommendations:draft", args=[audit.submission.case.ref])
    asks_once(sign_in(audit.auditor), address, a_draft(audit.owner), "why")
    drafted = Recommendation.objects.get()
    page = sign_in(audit.lead).get(url("issue", drafted)).text
    assert "Hints on wording" in page and "Telephone number" in page


def test_plain_words_are_kept_at_once(audit: Audit, sign_in: Callable[..., Client]) -> None:
    row = a_recommendation(audit.submission, owner=audit.owner, state="in_progress")
    answer = sign_in(audit.owner).post(url("update", row), {"words": STATEMENT})
    assert answer.status_code == 302


@pytest.mark.parametrize("field", ["action", "why", "how_known"])
@pytest.mark.parametrize(
    "words", [f"Look for {NHS_NUMBER}.", f"Ring {TELEPHONE}.", "Practice is inadequate."]
)
@pytest.mark.parametrize("level", ["organisational", "service", "case"])
def test_what_boards_read_is_not_issued_with_a_number_or_a_grade_in_it(
    field: str, words: str, level: str, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    draft = a_recommendation(cycle=audit.cycle, owner=audit.owner, state="draft", level=level)
    Recommendation.objects.filter(pk=draft.pk).update(**{field: words})
    issue = {"owner": audit.owner.pk, **typed("due_date", in_working_days(30))}
    answer = sign_in(audit.lead).post(url("issue", draft), issue)
    draft.refresh_from_db()
    if level == "case":
        assert (answer.status_code, draft.state) == (302, "issued")
    else:
        assert (answer.status_code, draft.state) == (422, "draft")
        assert "boards read it" in answer.text
    assert draft.due_date >= timezone.localdate()
