"""From a case that was given to a pair to the first line: the submission, its form, its six months."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.events.months import add_months
from learning.events.services import record_event
from learning.events.steps import StepNotPossible, take_step
from learning.proforma.models import ProFormaKind, ProFormaVersion
from learning.proforma.selectors import form_of_cycle
from learning.proforma.services import freeze
from learning.programme.permissions import may_audit
from learning.programme.readings import left_to_acknowledge, unpublished_readings
from learning.programme.settings import AuditSettings
from learning.programme.states import CycleState
from learning.selection.models import SampledCase
from learning.selection.states import CaseState, SelectionRoute
from learning.submissions.announcing import tell
from learning.submissions.grants import auditors_with_reading, grant_to_pair
from learning.submissions.models import AuditSubmission, OpeningStatement
from learning.submissions.permissions import user_is_of_pair
from learning.submissions.states import YET_TO_SUBMIT, SubmissionState

INITIAL_CONTACT = "initial_contact"


class CaseNotToBeOpened(Exception):
    """The case cannot be opened yet; `missing` says what is to be done first, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


@transaction.atomic
def start_submission(*, case: SampledCase, started_by: Any) -> AuditSubmission:
    """The submission of this case, with grants for its pair.

    Called again, for instance when another pair takes the case or the days have moved, it brings grants and
    window up to date.
    """
    submission = AuditSubmission.objects.filter(case=case).first()
    if submission is None:
        submission = _new_submission(case)
        record_event(actor=started_by, action="auditsubmission.started", about=submission)
    elif submission.state == SubmissionState.NOT_STARTED:
        submission.window_from, submission.window_to = _window(case)
        submission.save()
    grant_to_pair(submission=submission, granted_by=started_by)
    return submission


@transaction.atomic
def pass_on(*, case: SampledCase, passed_on_by: Any) -> AuditSubmission:
    """The submission of a case that another pair takes over, or somebody new in its pair: its readers
    change, its words stay.

    `StepNotPossible` once it is submitted: who audited it is settled, unless the lead sends it back.
    """
    before = set(auditors_with_reading(case))
    submission = start_submission(case=case, started_by=passed_on_by)
    if submission.state not in YET_TO_SUBMIT:
        raise StepNotPossible(
            f"{case} is submitted. Who audits it changes only if the lead sends it back."
        )
    new = [person for person in (case.pair.people if case.pair else []) if person.pk not in before]
    tell(new, submission, "it is yours to audit from now on")
    return submission


def _new_submission(case: SampledCase) -> AuditSubmission:
    first, last = _window(case)
    return AuditSubmission.objects.create(
        case=case, form=freeze(version=form_for(case)), window_from=first, window_to=last
    )


def _window(case: SampledCase) -> tuple[date, date]:
    """The months that the audit looks back on, from the first day of the cycle."""
    last_day = case.cycle.first_day or timezone.localdate()
    return add_months(last_day, -AuditSettings.load().window_months), last_day


def form_for(case: SampledCase) -> ProFormaVersion:
    """The version that the case's cycle takes for its kind of form (A23)."""
    return form_of_cycle(case.cycle, kind_for(case))


def kind_for(case: SampledCase) -> ProFormaKind:
    if case.route == SelectionRoute.SPOT_CHECK:
        return ProFormaKind.SPOT_CHECK
    if case.area.code == INITIAL_CONTACT:
        return ProFormaKind.INITIAL_CONTACT
    return ProFormaKind.PRACTICE_AUDIT


def missing_before_opening(submission: AuditSubmission, person: Any) -> list[str]:
    """What this auditor has to do, or what speaks against it, before the case opens (A20, A22, A58)."""
    case = submission.case
    missing = []
    if not _opens_now(submission):
        missing.append("The audit days have not begun, or are over: cases open on the first day.")
    missing += [
        f"“{subject.label}” is not published yet." for subject in unpublished_readings(case.cycle)
    ]
    missing += [
        f"Read and acknowledge “{reading.title}” first."
        for reading in left_to_acknowledge(person, case.cycle)
    ]
    member = case.cycle.team.filter(person=person).first()
    return missing + (may_audit(member, case.worker, team=case.team) if member else [])


def _opens_now(submission: AuditSubmission) -> bool:
    """On the days; after them what was begun, for whoever takes over an audit that the lead sent back."""
    state = submission.case.cycle.state
    begun = submission.state != SubmissionState.NOT_STARTED
    return state == CycleState.IN_PROGRESS or (begun and state == CycleState.QUALITY_ASSURANCE)


@transaction.atomic
def open_case(*, submission: AuditSubmission, opened_by: Any) -> AuditSubmission:
    """The submission after one of the pair said that no link stands in the way.

    The first of the two begins the reading; the other's statement is kept beside it.
    """
    if not user_is_of_pair(opened_by, submission):
        raise PermissionDenied("Only the pair of a case opens it.")
    missing = missing_before_opening(submission, opened_by)
    if missing:
        raise CaseNotToBeOpened(missing)
    locked = AuditSubmission.objects.select_for_update().get(pk=submission.pk)
    OpeningStatement.objects.get_or_create(submission=locked, person=opened_by)
    record_event(actor=opened_by, action="auditsubmission.no_link_stated", about=locked)
    if locked.state == SubmissionState.NOT_STARTED:
        locked = take_step(locked, "begin", actor=opened_by)
    if locked.case.state == CaseState.ALLOCATED:
        take_step(locked.case, "open", actor=opened_by)
    return locked
