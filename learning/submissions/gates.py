"""What the submissions say before a cycle goes on (domain.md E1)."""

from django.db import models

from learning.programme.models import AuditCycle
from learning.selection.states import IN_SAMPLE, CaseState
from learning.submissions.models import AuditSubmission
from learning.submissions.states import AFTER_QUALITY_ASSURANCE, YET_TO_SUBMIT, SubmissionState


def unsubmitted(cycle: AuditCycle) -> list[str]:
    """Gate of `finish_days`: every case of the sample has a submission, and it is submitted."""
    cases = cycle.sample.filter(state__in=IN_SAMPLE)
    without = cases.filter(submission__isnull=True).values_list("ref", flat=True)
    unfinished = cases.filter(submission__state__in=YET_TO_SUBMIT).values_list("ref", flat=True)
    return [f"{ref} has not been given to a pair." for ref in without] + [
        f"{ref} has not been submitted." for ref in unfinished
    ]


def unsigned(cycle: AuditCycle) -> list[str]:
    """Gate of `finish_quality_assurance`: every submission is signed off."""
    return [
        f"{ref} has not been signed off."
        for ref in _submissions(cycle)
        .exclude(state__in=AFTER_QUALITY_ASSURANCE)
        .values_list("case__ref", flat=True)
    ]


def incomplete(cycle: AuditCycle) -> list[str]:
    """Gate of `finish_family_feedback`: every submission is complete."""
    complete = (SubmissionState.COMPLETE, SubmissionState.LOCKED, SubmissionState.DISPOSED)
    return [
        f"{ref} is not complete: the worker’s reply or the family’s views are still awaited."
        for ref in _submissions(cycle)
        .exclude(state__in=complete)
        .values_list("case__ref", flat=True)
    ]


def _submissions(cycle: AuditCycle) -> models.QuerySet[AuditSubmission]:
    gone = (CaseState.EXCLUDED, CaseState.WITHDRAWN)
    return AuditSubmission.objects.filter(case__cycle=cycle).exclude(case__state__in=gone)
