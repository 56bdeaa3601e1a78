"""What this room does when another announces something."""

from typing import Any

from learning.proforma.showing import draw_boxes_with
from learning.programme import gates
from learning.programme.news import cycle_changed
from learning.selection.announcing import case_allocated, case_given_back
from learning.submissions.forms import SectionForm
from learning.submissions.gates import incomplete, unsigned, unsubmitted
from learning.submissions.grants import (
    end_grants_of_cycle,
    end_reading_of_pair,
    reopen_grants_of_cycle,
)
from learning.submissions.models import AuditSubmission
from learning.submissions.opening import pass_on, start_submission


def _allocated(sender: Any, case: Any, allocated_by: Any, taken_from: Any, **kwargs: Any) -> None:
    if taken_from is None:
        start_submission(case=case, started_by=allocated_by)
    else:
        pass_on(case=case, passed_on_by=allocated_by)


def _given_back(sender: Any, case: Any, given_back_by: Any, **kwargs: Any) -> None:
    for submission in AuditSubmission.objects.filter(case=case):
        end_reading_of_pair(submission=submission, ended_by=given_back_by)


def _cycle_changed(sender: Any, cycle: Any, step: str, **kwargs: Any) -> None:
    if step == "close":
        end_grants_of_cycle(cycle=cycle)
    elif step == "reopen":
        reopen_grants_of_cycle(cycle=cycle)


def connect() -> None:
    """Called once when the app is ready."""
    case_allocated.connect(_allocated, dispatch_uid="submissions_allocated")
    case_given_back.connect(_given_back, dispatch_uid="submissions_given_back")
    cycle_changed.connect(_cycle_changed, dispatch_uid="submissions_cycle_changed")
    gates.hold("finish_days", unsubmitted)
    gates.hold("finish_quality_assurance", unsigned)
    gates.hold("finish_family_feedback", incomplete)
    draw_boxes_with(SectionForm)
