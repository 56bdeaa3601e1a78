"""What views of submissions ask first, and the way back that their pages show.

Whoever may not see a submission, and whoever may see it and not do this, get the same 404.
"""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import reverse

from learning.access.services import reach
from learning.proforma.models import ProFormaSection
from learning.proforma.selectors import sections_for
from learning.submissions.models import AuditSubmission
from learning.submissions.permissions import (
    user_can_review_submission,
    user_has_opened,
    user_is_of_pair,
)

AROUND = ("case__cycle", "case__area", "case__worker", "case__pair", "form")


def submission_or_404(request: HttpRequest, ref: str) -> AuditSubmission:
    """The submission, for whoever may read it; each look and each refusal is logged."""
    visible = AuditSubmission.objects.visible_to(request.user).select_related(*AROUND)
    return reach(request.user, visible, case__ref=ref)


def submission_for(user: Any, ref: str) -> AuditSubmission:
    """The submission of that case, if this person may read it or is one of its pair."""
    readable = AuditSubmission.objects.visible_to(user).values("pk")
    written = AuditSubmission.objects.written_by(user).values("pk")
    either = AuditSubmission.objects.filter(Q(pk__in=readable) | Q(pk__in=written))
    return reach(user, either.select_related("case__pair", "case__cycle"), case__ref=ref)


def of_pair_or_404(request: HttpRequest, ref: str) -> AuditSubmission:
    """The submission, for one of its pair, opened or not."""
    submission = submission_or_404(request, ref)
    if not user_is_of_pair(request.user, submission):
        raise Http404
    return submission


def opened_or_404(request: HttpRequest, ref: str) -> AuditSubmission:
    """The submission, for one of its pair who has opened it."""
    submission = of_pair_or_404(request, ref)
    if not user_has_opened(request.user, submission):
        raise Http404
    return submission


def readable_or_404(request: HttpRequest, ref: str) -> AuditSubmission:
    """The submission, for reading its words: one of the pair has to have opened it first."""
    submission = submission_or_404(request, ref)
    if user_is_of_pair(request.user, submission) and not user_has_opened(request.user, submission):
        raise Http404
    return submission


def reviewed_or_404(request: HttpRequest, ref: str) -> AuditSubmission:
    """The submission, for a lead outside its pair."""
    submission = submission_or_404(request, ref)
    if not user_can_review_submission(request.user, submission):
        raise Http404
    return submission


def section_or_404(submission: AuditSubmission, key: str) -> ProFormaSection:
    """The section of this key, if it is shown for the case's area of work."""
    for section in sections_for(submission.form, submission.case.area):
        if section.key == key:
            return section
    raise Http404


def crumbs(*submissions: AuditSubmission) -> list[dict[str, str]]:
    """The way from home to a page about these submissions."""
    trail = [
        {"title": "Home", "url": "/"},
        {"title": "Submissions", "url": reverse("submissions:list")},
    ]
    return trail + [{"title": row.case.ref, "url": row.get_absolute_url()} for row in submissions]


def page_of(submission: AuditSubmission, **context: Any) -> dict[str, Any]:
    """The context of a page about one submission."""
    return {"submission": submission, "breadcrumbs": crumbs(submission)} | context
