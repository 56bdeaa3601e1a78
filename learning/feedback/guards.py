"""What views of family feedback ask first. Missing and forbidden look the same, and are logged."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from learning.access.services import reach
from learning.feedback.models import FamilyFeedback, audits_open_to
from learning.feedback.permissions import user_can_ask, user_can_settle
from learning.submissions.models import AuditSubmission

AROUND = ("submission__case__cycle", "submission__case__pair", "submission__case__worker", "led_by")


def feedback_or_404(request: HttpRequest, ref: str, feedback_id: int) -> FamilyFeedback:
    """The feedback, for whoever may read what was said."""
    visible = FamilyFeedback.objects.visible_to(request.user).select_related(*AROUND)
    return reach(request.user, visible, submission__case__ref=ref, pk=feedback_id)


def asked_or_404(request: HttpRequest, ref: str, feedback_id: int) -> FamilyFeedback:
    """The feedback, for one of the pair who may ask."""
    feedback = feedback_or_404(request, ref, feedback_id)
    if not user_can_ask(request.user, feedback.submission):
        raise Http404
    return feedback


def settled_or_404(request: HttpRequest, ref: str, feedback_id: int) -> FamilyFeedback:
    """The feedback, for whoever may end asking."""
    feedback = feedback_or_404(request, ref, feedback_id)
    if not user_can_settle(request.user, feedback.submission):
        raise Http404
    return feedback


def checked_or_404(request: HttpRequest, ref: str, feedback_id: int) -> FamilyFeedback:
    """The feedback, for whoever answers whether contact is safe: no word of the family is in that page."""
    visible = FamilyFeedback.objects.to_check_by(request.user).select_related(*AROUND)
    return reach(request.user, visible, submission__case__ref=ref, pk=feedback_id)


def audit_or_404(request: HttpRequest, ref: str) -> AuditSubmission:
    """The audit, for whoever may read what its family said."""
    visible = audits_open_to(request.user)
    around = ("case__cycle", "case__pair", "case__worker", "case__area")
    return reach(request.user, visible.select_related(*around), case__ref=ref)


def crumbs(*submissions: AuditSubmission) -> list[dict[str, str]]:
    """The way from home to a page about the families of these audits."""
    trail = [
        {"title": "Home", "url": "/"},
        {"title": "Family feedback", "url": reverse("feedback:list")},
    ]
    return trail + [
        {"title": row.case.ref, "url": reverse("feedback:case", args=[row.case.ref])}
        for row in submissions
    ]


def page_of(feedback: FamilyFeedback, **context: Any) -> dict[str, Any]:
    """The context of a page about one who is asked."""
    trail = crumbs(feedback.submission)
    trail.append({"title": feedback.get_asked_display(), "url": feedback.get_absolute_url()})
    return {
        "feedback": feedback,
        "submission": feedback.submission,
        "breadcrumbs": trail,
        **context,
    }


def form_page(
    request: HttpRequest, template: str, feedback: FamilyFeedback, form: Any, **context: Any
) -> HttpResponse:
    """The page of a form; 422 when something stands in the way."""
    status = 422 if form.errors else 200
    page = page_of(feedback, form=form, **context)
    return render(request, f"learning/feedback/{template}.html", page, status=status)
