"""What families' views say before an audit is completed, and before a cycle goes on (domain.md A53, E1)."""

from learning.feedback.models import FamilyFeedback
from learning.programme.models import AuditCycle
from learning.selection.states import IN_SAMPLE
from learning.submissions.models import AuditSubmission


def unsettled_in_audit(submission: AuditSubmission) -> list[str]:
    """What stands between the audit and its completion, a sentence each."""
    asked = list(submission.family_feedback.all())
    if not asked:
        return ["Nobody of the family was asked. Add who is to be asked, or say there why not."]
    return [_sentence(row) for row in asked if not row.is_settled]


def unsettled_in_cycle(cycle: AuditCycle) -> list[str]:
    """Gate of `finish_family_feedback`: each case has views in its audit, or a reason why not."""
    cases = cycle.sample.filter(state__in=IN_SAMPLE, submission__isnull=False)
    unasked = cases.filter(submission__family_feedback=None).values_list("ref", flat=True)
    waiting = FamilyFeedback.objects.unsettled().filter(submission__case__in=cases)
    return [
        f"{ref}: nobody of the family was asked, and no reason is given." for ref in unasked
    ] + [
        f"{row.submission.case.ref}: {_sentence(row)}"
        for row in waiting.select_related("submission__case")
    ]


def _sentence(feedback: FamilyFeedback) -> str:
    """By what part and where it stands; what was typed beside the part stays out of it."""
    return (
        f"The views of the {feedback.get_asked_display().lower()} are not in yet: "
        f"“{feedback.get_state_display()}”, due {feedback.due_date:%-d %B}."
    )
