"""Both of the pair confirm the same text; then it goes to the lead (domain.md E3)."""

import hashlib
import json
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from learning.events.services import record_event
from learning.events.steps import take_step
from learning.proforma.keys import OPTIONAL, OVERALL, WRITTEN_ELSEWHERE
from learning.proforma.selectors import sections_for
from learning.submissions.actions import drafts_of
from learning.submissions.announcing import tell
from learning.submissions.hinting import hints_of
from learning.submissions.models import AuditSubmission, SectionEntry, SubmitConfirmation
from learning.submissions.morning import sections_in
from learning.submissions.states import SubmissionState
from learning.submissions.writing import writable

READY_TO_CONFIRM = (SubmissionState.FINALISING, SubmissionState.RETURNED)


class SubmissionNotReady(Exception):
    """The submission cannot be confirmed yet; `missing` says what is to be done, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


def fingerprint(submission: AuditSubmission) -> str:
    """Of everything that the pair wrote: it changes with every word, and with nothing else."""
    content = {
        "header": [submission.age_band, submission.months_open, submission.sources_read],
        "sections": sections_in(submission),
        "questions": list(submission.questions.values_list("pk", "text", "why_decided")),
        "gaps": list(submission.gaps.values_list("pk", "kind", "text")),
        "conversation": _conversation(submission),
        "actions": [row.words for row in drafts_of(submission)],
        "concern": submission.has_immediate_concern,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _conversation(submission: AuditSubmission) -> list[Any]:
    talk = getattr(submission, "conversation", None)
    if talk is None:
        return []
    return [
        talk.was_held,
        talk.reason_not_held,
        talk.held_on.isoformat() if talk.held_on else None,
        talk.participants,
        talk.proud_of,
        talk.in_the_way,
        talk.light_bulb,
        talk.light_bulb_consent,
    ]


def missing_for_submission(submission: AuditSubmission) -> list[str]:
    """What is still to be written before the pair can confirm, a sentence each."""
    entries = {entry.section_id: entry for entry in submission.entries.all()}
    missing = []
    for section in sections_for(submission.form, submission.case.area):
        if section.key not in WRITTEN_ELSEWHERE | OPTIONAL:
            missing += _missing_in(section, entries.get(section.pk))
    if not any(entry.statements.exists() for entry in entries.values()):
        missing.append("Write at least one statement, and say which kind it is.")
    if submission.has_immediate_concern is None:
        missing.append("Answer whether there is an immediate concern.")
    return missing


def _missing_in(section: Any, entry: SectionEntry | None) -> list[str]:
    if entry is None or entry.is_empty:
        also = " or say why it is not relevant" if section.can_be_skipped else ""
        return [f"“{section.title}” is empty: write in it{also}."]
    if entry.not_relevant or (entry.means and (entry.saw or section.key == OVERALL)):
        return []
    box = "what it means for this child" if not entry.means else "what you saw"
    return [f"“{section.title}” does not yet say {box}."]


@transaction.atomic
def confirm_text(
    *,
    submission: AuditSubmission,
    by: Any,
    hours: Decimal | None = None,
    hints_reason: str = "",
) -> AuditSubmission:
    """The submission after one of the pair confirmed its text; submitted once both confirmed the same."""
    locked = writable(submission, by)
    missing = _missing_to_confirm(locked, hints_reason)
    if missing:
        raise SubmissionNotReady(missing)
    SubmitConfirmation.objects.update_or_create(
        submission=locked,
        person=by,
        defaults={
            "fingerprint": fingerprint(locked),
            "hours": hours,
            "hints_reason": hints_reason,
            "confirmed_at": timezone.now(),
        },
    )
    record_event(actor=by, action="auditsubmission.text_confirmed", about=locked)
    return _submit(locked, by) if not still_to_confirm(locked) else locked


def _missing_to_confirm(submission: AuditSubmission, hints_reason: str) -> list[str]:
    if submission.state not in READY_TO_CONFIRM:
        return ["Talk with the worker first, or say why that was not possible."]
    missing = missing_for_submission(submission)
    if not hints_reason.strip() and hints_of(submission):
        missing.append("There are hints on wording: follow them, or say why the wording stays.")
    return missing


def still_to_confirm(submission: AuditSubmission) -> list[Any]:
    """Those of the pair who have not confirmed the text as it stands now."""
    standing = fingerprint(submission)
    done = set(
        submission.confirmations.filter(fingerprint=standing).values_list("person_id", flat=True)
    )
    pair = submission.case.pair
    return [person for person in (pair.people if pair else []) if person.pk not in done]


def _submit(submission: AuditSubmission, by: Any) -> AuditSubmission:
    submitted = take_step(submission, "submit", actor=by)
    tell(submitted.case.cycle.leads, submitted, "the pair has submitted it for quality assurance")
    return submitted
