"""The list, one audit's family, one person who is asked; who is asked, and whether contact is safe."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from learning.access.taking import take
from learning.feedback.asking import add_person, check_safety
from learning.feedback.forms import AddForm, SafetyForm
from learning.feedback.guards import (
    audit_or_404,
    checked_or_404,
    crumbs,
    feedback_or_404,
    page_of,
)
from learning.feedback.permissions import takes_feedback, user_can_settle
from learning.feedback.presenting import overview
from learning.feedback.selectors import (
    asked_in,
    checkable,
    checks_waiting_for,
    feedback_to_list,
)

A_PAGE = 50


def show_list(request: HttpRequest) -> HttpResponse:
    """What waits for this person to answer, and what they may read."""
    page = Paginator(feedback_to_list(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "checks": checks_waiting_for(request.user),
        "breadcrumbs": crumbs()[:1],
    }
    return render(request, "learning/feedback/list.html", context)


def show_case(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = audit_or_404(request, submission_ref)
    may_add = user_can_settle(request.user, submission) and takes_feedback(submission)
    context = {
        "submission": submission,
        "asked": asked_in(submission),
        "may_add": may_add,
        "breadcrumbs": crumbs(submission),
    }
    return render(request, "learning/feedback/case.html", context)


def add(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = audit_or_404(request, submission_ref)
    if not user_can_settle(request.user, submission):
        raise Http404
    form = AddForm(request.POST or None)
    if take(
        form,
        lambda: add_person(submission=submission, added_by=request.user, **form.cleaned_data),
    ):
        messages.success(request, "Added. The worker is asked whether contact is safe.")
        return redirect("feedback:case", submission_ref)
    context = {"submission": submission, "form": form, "breadcrumbs": crumbs(submission)}
    status = 422 if form.errors else 200
    return render(request, "learning/feedback/add.html", context, status=status)


def show(request: HttpRequest, submission_ref: str, feedback_id: int) -> HttpResponse:
    feedback = feedback_or_404(request, submission_ref, feedback_id)
    context = page_of(feedback, **overview(feedback, request.user))
    return render(request, "learning/feedback/show.html", context)


def safety(request: HttpRequest, submission_ref: str, feedback_id: int) -> HttpResponse:
    """For the worker or the manager. It shows who is asked, and no word of what anybody said."""
    feedback = checked_or_404(request, submission_ref, feedback_id)
    if not checkable(feedback):
        messages.info(request, "Thank you: this is answered, and nothing more is needed from you.")
        return redirect("feedback:list")
    form = SafetyForm(request.POST or None)
    if take(
        form,
        lambda: check_safety(
            feedback=feedback,
            answers=form.answers(),
            is_safe=form.cleaned_data["is_safe"],
            checked_by=request.user,
        ),
    ):
        messages.success(request, "Thank you. The pair knows now.")
        return redirect("feedback:list")
    context = {
        "feedback": feedback,
        "form": form,
        "earlier": feedback.safety_checks.select_related("checked_by"),
        "breadcrumbs": crumbs(),
    }
    status = 422 if form.errors else 200
    return render(request, "learning/feedback/safety.html", context, status=status)
