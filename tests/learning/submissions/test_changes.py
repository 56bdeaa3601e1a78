"""What changed since the morning, as the page shows it: boxes, statements, sections left out, questions."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from learning.submissions.models import MorningText
from tests.learning.submissions.conftest import Audit
from tests.learning.submissions.test_thin_line import Desk, talk
from tests.learning.submissions.test_who_may import State, in_state

pytestmark = pytest.mark.django_db
HELPED = "Steady visits helped her to speak."


@pytest.fixture
def pair(opened: Audit, sign_in: Callable[..., Client]) -> Desk:
    """The first auditor, with two sections and a statement with a theme, before the talk."""
    desk = Desk(opened, sign_in(opened.first))
    desk.save("lived_experience", saw="She walks to school alone.")
    desk.save("voice", saw="Six visits, most of them alone with her.")
    state(desk, HELPED)
    return desk


def state(desk: Desk, text: str, kind: str = "strength") -> None:
    desk.post("sections/voice/statements/", **{"statement-kind": kind, "statement-text": text})


def take_out(desk: Desk, text: str) -> None:
    statement = desk.audit.submission.entries.get(section__key="voice").statements.get(text=text)
    desk.post(f"statements/{statement.pk}/remove/")


def changes(desk: Desk) -> tuple[list[str], list[str], str]:
    """What the page says was added, what was taken out, and all of its words."""
    page = unescape(desk.get("changes/"))
    marks = r"<{0}><span[^>]*>[^<]*</span>([^<]*)<span"
    added, removed = (re.findall(marks.format(tag), page) for tag in ("ins", "del"))
    return added, removed, re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page))


def test_nothing_has_changed_right_after_the_questions_were_agreed(pair: Desk) -> None:
    pair.post("questions/", text="Who walks with her?")
    pair.post("questions/agree/")
    assert "Nothing has changed" in changes(pair)[2]


def test_what_we_learned_counts_also_when_it_is_written_before_the_talk_is_saved(
    pair: Desk,
) -> None:
    pair.post("questions/", text="Why did you keep the visits on Fridays?")
    pair.post("questions/agree/")
    pair.save("voice", saw="Six visits, all of them alone with her.", learned="Her aunt came too.")
    added, removed, words = changes(pair)
    assert "Her aunt came too." in added
    assert "all" in added
    assert "most" in removed
    assert "What we learned in conversation" in words


def test_a_statement_that_was_taken_out_still_stands_there(pair: Desk) -> None:
    state(pair, "Nobody asked her brother.", "development_area")
    talk(pair)
    take_out(pair, "Nobody asked her brother.")
    state(pair, "Her school saw it first and rang at once.", "mixed")
    added, removed, words = changes(pair)
    assert removed == ["Area for development: Nobody asked her brother."]
    assert added == ["Strength and development: Her school saw it first and rang at once."]
    assert HELPED not in words


def test_a_statement_in_new_words_or_of_another_kind_is_read_as_the_same(pair: Desk) -> None:
    talk(pair)
    take_out(pair, HELPED)
    state(pair, HELPED, "mixed")
    assert changes(pair)[:2] == (["Strength and development:"], ["Strength:"])


def test_one_of_two_same_statements_that_goes_is_seen(pair: Desk) -> None:
    state(pair, HELPED)
    talk(pair)
    statements = pair.audit.submission.entries.get(section__key="voice").statements
    pair.post(f"statements/{statements.last().pk}/remove/")
    assert changes(pair)[1] == [f"Strength: {HELPED}"]


def test_a_section_that_is_no_longer_relevant_says_why_and_what_it_said(pair: Desk) -> None:
    pair.save("education", saw="Nursery three mornings.")
    talk(pair)
    pair.save("education", not_relevant="on", not_relevant_reason="Some weeks old")
    added, removed, words = changes(pair)
    assert (added, removed) == (["Some weeks old"], ["Nursery three mornings."])
    assert "This section is not relevant here" in words


def test_questions_that_came_and_went_are_shown(pair: Desk) -> None:
    pair.post("questions/", text="Why did you keep the visits on Fridays?")
    pair.post("questions/", text="Who fetches her on Mondays?")
    pair.post("questions/agree/")
    gone = pair.audit.submission.questions.get(text__startswith="Why did you keep")
    pair.post(f"questions/{gone.pk}/remove/")
    pair.post("questions/", text="What would help you?")
    added, removed, words = changes(pair)
    assert removed == ["Why did you keep the visits on Fridays?"]
    assert added == ["What would help you?"]
    assert "Who fetches her on Mondays?" not in words


def test_an_audit_whose_morning_was_not_kept_shows_its_boxes_since_the_talk(pair: Desk) -> None:
    audit = pair.audit
    in_state(audit, State.QUESTIONS_AGREED)
    audit.submission.questions.create(text="Why on Fridays?", written_by=audit.first)
    talked = {"held_on_day": 3, "held_on_month": 2, "held_on_year": 2026}
    pair.post("conversation/", participants=["social_worker"], **talked)
    pair.save("voice", saw="Seven visits, most of them alone with her.")
    state(pair, "Her school saw it first.")
    added, removed, words = changes(pair)
    assert (added, removed) == (["Seven"], ["Six"])
    assert "Nothing was kept of this audit’s morning" in words


def test_the_morning_is_kept_once_and_never_changes(pair: Desk) -> None:
    talk(pair)
    pair.post("questions/agree/")
    kept = MorningText.objects.filter(submission=pair.audit.submission)
    assert kept.get().words["questions"] == ["Why did you keep the visits on Fridays?"]
    for change in (lambda: kept.update(words={}), kept.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_refused_agreement_keeps_nothing(pair: Desk) -> None:
    pair.post("questions/agree/")
    assert not MorningText.objects.exists()


def test_the_lead_sees_it_and_a_stranger_does_not(
    pair: Desk, sign_in: Callable[..., Client], person: Any
) -> None:
    talk(pair)
    take_out(pair, HELPED)
    in_state(pair.audit, State.SUBMITTED)
    lead = Desk(pair.audit, sign_in(pair.audit.lead))
    assert changes(lead)[1] == [f"Strength: {HELPED}"]
    stranger = sign_in(pair.audit.worker)
    assert stranger.get(pair.url("changes/")).status_code == 404


def test_more_statements_do_not_make_more_queries(
    pair: Desk, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        state(pair, f"Statement {number} about her evenings.")
    talk(pair)
    pair.audit.submission.entries.get(section__key="voice").statements.all().delete()
    with django_assert_max_num_queries(30):
        pair.get("changes/")
