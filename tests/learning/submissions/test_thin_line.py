"""One submission from an allocated case to its lock, by the people whose it is, through their own pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client, TestCase
from django.utils import timezone

from learning.events.models import Event
from learning.feedback.states import FeedbackState
from learning.proforma.keys import OPTIONAL, OVERALL, WRITTEN_ELSEWHERE
from learning.proforma.selectors import sections_for
from learning.recommendations.drafting import draft_recommendation
from learning.recommendations.models import Recommendation
from learning.selection.states import CaseState
from learning.submissions.states import SubmissionState
from tests.learning.audit import a_family_feedback
from tests.learning.submissions.conftest import Audit

pytestmark = pytest.mark.django_db

SAW = "Six visits between March and May, most of them alone with her."
MEANS = (
    "She was known to somebody, because the same worker came; so she could say what frightened her."
)
OVERALL_WORDS = " ".join([MEANS] * 8)


class Desk:
    """One person's clicks in one audit."""

    def __init__(self, audit: Audit, client: Client) -> None:
        self.audit, self.client = audit, client

    def url(self, rest: str = "") -> str:
        return f"/audits/submissions/{self.audit.ref}/{rest}"

    def get(self, rest: str = "") -> str:
        answer = self.client.get(self.url(rest), follow=True)
        assert answer.status_code == 200, rest
        return answer.content.decode()

    def post(self, rest: str, expected: int = 302, **fields: Any) -> Any:
        with TestCase.captureOnCommitCallbacks(execute=True):  # mail goes out once a step is saved
            answer = self.client.post(self.url(rest), fields)
        assert answer.status_code == expected, answer.content.decode()[:3000]
        return answer

    def save(self, key: str, expected: int = 302, **boxes: Any) -> Any:
        entry = self.audit.submission.entries.filter(section__key=key).first()
        version = entry.version if entry else 0
        return self.post(f"sections/{key}/", expected, base_version=version, **boxes)


@pytest.fixture
def desk(sign_in: Callable[..., Client]) -> Callable[[Audit, Any], Desk]:
    return lambda audit, person: Desk(audit, sign_in(person))


def write_everything(desk: Desk) -> None:
    """Every section that has to be written, with a statement."""
    form, area = desk.audit.submission.form, desk.audit.submission.case.area
    for section in sections_for(form, area):
        if section.key == OVERALL:
            desk.save(section.key, means=OVERALL_WORDS)
        elif section.key == "education":
            desk.save(section.key, not_relevant="on", not_relevant_reason="A baby of some weeks")
        elif section.key not in WRITTEN_ELSEWHERE | OPTIONAL:
            desk.save(section.key, saw=SAW, means=MEANS)
    statement = {"statement-kind": "strength", "statement-text": "Steady visits helped her."}
    desk.post("sections/visits/statements/", 404, **statement)
    desk.post("sections/voice/statements/", **statement)


def talk(desk: Desk) -> None:
    desk.post("questions/", text="Why did you keep the visits on Fridays?")
    desk.post("questions/agree/")
    question = desk.audit.submission.questions.get()
    desk.post(
        "conversation/",
        held_on_day="3",
        held_on_month="2",
        held_on_year="2026",
        participants=["social_worker", "foster_carer"],
        proud_of="That she rang by herself.",
        **{f"reason_{question.pk}": "School ends early on Fridays."},
    )


def test_from_the_allocated_case_to_the_lock(allocated: Audit, desk: Any) -> None:
    first, second = desk(allocated, allocated.first), desk(allocated, allocated.second)
    lead, worker = desk(allocated, allocated.lead), desk(allocated, allocated.worker)
    assert "Before you open this case" in first.get()
    first.post("open/", 422)
    first.post("open/", no_link="on")
    second.post("open/", no_link="on")
    assert allocated.fresh().case.state == CaseState.AUDITING
    write_everything(first)
    talk(second)
    assert "Check and confirm" in first.get()
    first.post("confirm/", 422)
    first.post("urgent/", is_concern="no")
    assert worker.client.get(worker.url("read/")).status_code == 404
    first.post("confirm/", hours="5.5", hints_reason="The dates matter.")
    assert allocated.fresh().state == SubmissionState.FINALISING
    second.post("confirm/", hints_reason="The dates matter.")
    assert allocated.fresh().state == SubmissionState.SUBMITTED
    assert mail.outbox[-1].to == [allocated.lead.email]

    assert SAW in lead.get("read/")
    lead.post("review/", 422, outcome="send_back")
    lead.post("review/", outcome="send_back", words="What did her brother see?")
    assert "What did her brother see?" in second.get()
    second.save("voice", saw=SAW + " Her brother was there too.", means=MEANS)
    second.post("confirm/", hints_reason="The dates matter.")
    assert allocated.fresh().state == SubmissionState.RETURNED
    first.post("confirm/", hints_reason="The dates matter.")
    lead.post("review/", outcome="sign_off")
    assert allocated.fresh().case.state == CaseState.AUDITED

    lead.post("share/")
    assert mail.outbox[-1].to == [allocated.worker.email]
    assert "What did her brother see?" not in worker.get("read/")
    due = allocated.fresh().reply_due_date
    assert f"until {due:%-d %B %Y}." in worker.get("read/")
    worker.post("reply/", 422, facts=" ")
    worker.post(
        "reply/", facts="It was seven visits.", reflection="I would ask her brother sooner."
    )
    assert "It was seven visits." in lead.get("read/")
    url = f"/audits/submissions/{allocated.ref}/reply/"
    assert "No reply is asked for any more" in worker.client.get(url, follow=True).text, "went back"
    assert lead.client.get(url).status_code == 404, "not the worker"
    lead.post("complete/")
    assert "Nobody of the family was asked" in lead.get("read/")
    assert allocated.fresh().state == SubmissionState.AWAITING_FAMILY
    a_family_feedback(allocated.submission, FeedbackState.DECLINED)
    lead.post("complete/")
    assert allocated.fresh().case.state == CaseState.COMPLETE
    lead.post("lock/")
    first.post("addendum/", text="Her brother wrote later.", reason="His letter came in June.")
    assert "Her brother wrote later." in worker.get("read/")
    assert _steps(allocated) == [
        "begin",
        "agree_questions",
        "hold_conversation",
        "finalise",
        "submit",
        "send_back",
        "submit",
        "sign_off",
        "share_with_worker",
        "wait_for_family",
        "complete",
        "lock",
    ]


def _steps(audit: Audit) -> list[str]:
    """The transitions of the submission, in their order."""
    rows = Event.objects.filter(
        object_type="learning.auditsubmission", object_id=str(audit.submission.pk)
    ).order_by("pk")
    names = [row.action.removeprefix("auditsubmission.") for row in rows]
    return [name for name in names if name in STEPS]


STEPS = {
    "begin",
    "agree_questions",
    "hold_conversation",
    "go_on_without_conversation",
    "finalise",
    "submit",
    "send_back",
    "sign_off",
    "share_with_worker",
    "wait_for_family",
    "complete",
    "lock",
}


def test_mails_carry_a_link_and_no_word_of_the_case(allocated: Audit, desk: Any) -> None:
    test_from_the_allocated_case_to_the_lock(allocated, desk)
    assert len(mail.outbox) >= 4
    for message in mail.outbox:
        assert f"/audits/submissions/{allocated.ref}/" in message.body
        for words in (SAW, MEANS, "brother", "visits", allocated.worker.last_name + " "):
            assert words not in message.body + message.subject


def test_a_changed_recommendation_asks_for_both_again(allocated: Audit, desk: Any) -> None:
    first, second = desk(allocated, allocated.first), desk(allocated, allocated.second)
    lead = desk(allocated, allocated.lead)
    for one in (first, second):
        one.post("open/", no_link="on")
    write_everything(first)
    talk(second)
    first.post("urgent/", is_concern="no")
    draft = draft_recommendation(
        drafted_by=allocated.first,
        cycle=allocated.submission.case.cycle,
        submission=allocated.fresh(),
        level="case",
        action_type="casework",
        action="Visit her brother alone.",
        why="Nobody has heard him.",
        how_known="He says what he wants.",
        owner=allocated.worker,
        due_date=timezone.localdate() + timedelta(days=30),
    )
    assert "1 drafted" in first.get()
    first.post("confirm/", hints_reason="The dates matter.")
    Recommendation.objects.filter(pk=draft.pk).update(action="Visit both of them alone.")
    second.post("confirm/", hints_reason="The dates matter.")
    assert allocated.fresh().state == SubmissionState.FINALISING
    first.post("confirm/", hints_reason="The dates matter.")
    assert allocated.fresh().state == SubmissionState.SUBMITTED
    assert "Visit both of them alone." in lead.get("read/")


def test_a_mail_server_that_is_away_undoes_no_step(
    allocated: Audit, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = desk(allocated, allocated.first), desk(allocated, allocated.second)
    for one in (first, second):
        one.post("open/", no_link="on")
    write_everything(first)
    talk(second)
    first.post("urgent/", is_concern="no")

    def away(*args: Any, **kwargs: Any) -> None:
        raise ConnectionRefusedError("away")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
    for one in (first, second):
        one.post("confirm/", hints_reason="The dates matter.")
    assert allocated.fresh().state == SubmissionState.SUBMITTED
