"""The list, one submission as its pair sees it, and the same as a reader does."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from learning.submissions.changes import changes_since_conversation
from learning.submissions.forms import OpenForm
from learning.submissions.guards import (
    crumbs,
    of_pair_or_404,
    page_of,
    readable_or_404,
    submission_or_404,
)
from learning.submissions.models import AuditSubmission
from learning.submissions.opening import CaseNotToBeOpened, missing_before_opening, open_case
from learning.submissions.overview import overview
from learning.submissions.permissions import user_has_opened, user_is_of_pair
from learning.submissions.reading import reading_view
from learning.submissions.selectors import submissions_to_list
from learning.submissions.states import SubmissionState

A_PAGE = 50


def show_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(submissions_to_list(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "breadcrumbs": crumbs()[:1]}
    return render(request, "learning/submissions/list.html", context)


def show(request: HttpRequest, submission_ref: str) -> HttpResponse:
    """For the pair, where its work stands; for everybody else who may read it, its words."""
    submission = submission_or_404(request, submission_ref)
    if not user_is_of_pair(request.user, submission):
        return redirect("submissions:read", submission_ref=submission_ref)
    if not user_has_opened(request.user, submission):
        return _before_opening(request, submission, OpenForm())
    context = page_of(submission, **overview(submission, request.user), breadcrumbs=crumbs())
    return render(request, "learning/submissions/overview.html", context)


@require_POST
def open_one(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = of_pair_or_404(request, submission_ref)
    form = OpenForm(request.POST)
    if not form.is_valid():
        return _before_opening(request, submission, form, status=422)
    try:
        open_case(submission=submission, opened_by=request.user)
    except CaseNotToBeOpened:
        return _before_opening(request, submission, form, status=409)
    return redirect(submission)


def _before_opening(
    request: HttpRequest, submission: AuditSubmission, form: OpenForm, status: int = 200
) -> HttpResponse:
    missing = missing_before_opening(submission, request.user)
    context = page_of(submission, form=form, missing=missing, breadcrumbs=crumbs())
    return render(request, "learning/submissions/open.html", context, status=status)


def read(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = readable_or_404(request, submission_ref)
    if submission.state == SubmissionState.DISPOSED:
        context = page_of(submission, breadcrumbs=crumbs())
        return render(request, "learning/submissions/disposed.html", context)
    context = page_of(submission, **reading_view(submission, request.user), breadcrumbs=crumbs())
    return render(request, "learning/submissions/read.html", context)


def show_changes(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = readable_or_404(request, submission_ref)
    context = page_of(submission, changes=changes_since_conversation(submission))
    return render(request, "learning/submissions/changes.html", context)
