"""What became of an audit beside its text: who may read it, reviews, the worker's reply, the lock."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from learning.events.working_days import end_of_working_day
from learning.submissions.grants import AUDITS, WORKER
from learning.submissions.models import (
    AuditSubmission,
    EvaluativeStatement,
    QualityAssuranceReview,
    SectionEntry,
    SubmissionGrant,
    SubmitConfirmation,
    WorkerReply,
)
from learning.submissions.submitting import fingerprint
from portal.demo.audits.audit import Audit, State
from portal.demo.audits.cycles import LEAD
from portal.demo.audits.quarters import moment
from portal.demo.audits.stories import usual

ACCESS_DAYS = 20
EVERY_NTH_RETURNED, EVERY_NTH_SILENT = 7, 3


# --- Who may read ------------------------------------------------------------------------------------


def let_read(audit: Audit, submission: AuditSubmission) -> None:
    """The pair until some days after the cycle closed; the worker from the sharing on."""
    ends = _pairs_end(audit)
    if ends is None or ends > moment(audit.pace.first, 9):
        for person in audit.people:
            _grant(audit, submission, person, AUDITS, "allocate", ends)
    worker = audit.case.worker
    if worker and audit.has_reached(State.SHARED_WITH_WORKER):
        _grant(audit, submission, worker, WORKER, "share")


def _pairs_end(audit: Audit) -> datetime | None:
    closed = audit.case.cycle.closed_at
    if closed is None:
        return None
    return end_of_working_day(closed.date(), ACCESS_DAYS)


def _grant(
    audit: Audit,
    submission: AuditSubmission,
    person: Any,
    reason: str,
    step: str,
    ends: datetime | None = None,
) -> None:
    audit.shelf.add(
        SubmissionGrant(
            user=person,
            content_object=submission,
            permission=audit.cast.reading,
            reason=reason,
            expires_at=ends,
            granted_by=audit.cast[LEAD],
            granted_at=audit.pace.at(step, 12),
        )
    )


# --- After the pair ----------------------------------------------------------------------------------


def review(audit: Audit, submission: AuditSubmission) -> None:
    Outcome = QualityAssuranceReview.Outcome
    signed = audit.has_reached(State.QUALITY_ASSURED)
    if audit.state == State.RETURNED or (signed and audit.number % EVERY_NTH_RETURNED == 0):
        words = usual("back_to_the_pair", audit.number)
        _reviewed(audit, submission, Outcome.RETURNED, words, audit.at(17))
        audit.step(submission, audit.at(17), audit.reviewer, "send_back")
        if signed:
            audit.step(submission, audit.at(18), audit.people[0], "submit")
    if signed:
        when = audit.pace.at("sign_off", 11)
        words = usual("to_the_pair", audit.number)
        _reviewed(audit, submission, Outcome.SIGNED_OFF, words, when)
        audit.step(submission, when, audit.reviewer, "sign_off")


def _reviewed(
    audit: Audit, submission: AuditSubmission, outcome: str, words: str, when: datetime
) -> None:
    audit.shelf.add(
        QualityAssuranceReview(
            submission=submission,
            reviewer=audit.reviewer,
            outcome=outcome,
            words=words,
            reviewed_at=when,
        )
    )


def reply(audit: Audit, submission: AuditSubmission) -> None:
    """Some workers reply; of others the days end without a word."""
    worker, when = audit.case.worker, audit.pace.at("reply", 14)
    is_silent = audit.number % EVERY_NTH_SILENT == 0
    if worker and not is_silent:
        words = usual("reply", audit.number)
        audit.shelf.add(WorkerReply(submission=submission, worker=worker, replied_at=when, **words))
    audit.step(submission, when, None if is_silent else worker, "wait_for_family")


# --- Once everything stands --------------------------------------------------------------------------


def confirm_texts(audits: list[tuple[Audit, AuditSubmission]]) -> None:
    """Both of each pair confirmed what stands in the database now, with the hours that they spent."""
    rows = []
    for audit, submission in audits:
        if not audit.has_reached(State.SUBMITTED) or audit.state == State.RETURNED:
            continue
        text = fingerprint(AuditSubmission.objects.get(pk=submission.pk))
        for turn, person in enumerate(audit.people):
            hours = Decimal("5.0") + Decimal("0.5") * ((audit.number + turn) % 5)
            rows.append(
                SubmitConfirmation(
                    submission=submission,
                    person=person,
                    fingerprint=text,
                    hours=hours,
                    confirmed_at=audit.at(15, 30),
                )
            )
    SubmitConfirmation.objects.bulk_create(rows)


def lock(submissions: list[AuditSubmission], when: datetime) -> None:
    """From now on the database refuses every change. The last thing that is done."""
    pks = [row.pk for row in submissions]
    entries = SectionEntry.objects.filter(submission__in=pks)
    EvaluativeStatement.objects.filter(entry__in=entries).update(
        written_at=when - timedelta(days=1)
    )
    locked = AuditSubmission.objects.filter(pk__in=pks, state=State.LOCKED)
    locked.update(locked_at=when)
