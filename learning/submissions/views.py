"""The list, one submission as its pair sees it, and the same as a reader does."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from learning.access.taking import form_answer, posted, take
from learning.submissions.changes import changes_since_morning
from learning.submissions.describing import describe_case, header_of
from learning.submissions.forms import AboutForm, OpenForm
from learning.submissions.guards import (
    crumbs,
    of_pair_or_404,
    opened_or_404,
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


def about(request: HttpRequest, submission_ref: str) -> HttpResponse:
    """The header of the audit, for the pair to fill in."""
    submission = opened_or_404(request, submission_ref)
    form = AboutForm(posted(request), header=header_of(submission))
    if take(
        form,
        lambda: form.keep(describe_case, submission=submission, by=request.user, **form.header()),
    ):
        messages.success(request, "Saved. Whoever reads the audit sees it beside the text.")
        return redirect(submission)
    context = page_of(submission, form=form)
    return form_answer(request, "learning/submissions/about.html", context)


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
        return _disposed(request, submission)
    context = page_of(submission, **reading_view(submission, request.user), breadcrumbs=crumbs())
    return render(request, "learning/submissions/read.html", context)


def _disposed(request: HttpRequest, submission: AuditSubmission) -> HttpResponse:
    context = page_of(submission, breadcrumbs=crumbs())
    return render(request, "learning/submissions/disposed.html", context)


def show_changes(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = readable_or_404(request, submission_ref)
    if submission.state == SubmissionState.DISPOSED:
        return _disposed(request, submission)
    context = page_of(
        submission,
        changes=changes_since_morning(submission),
        morning=getattr(submission, "morning", None),
    )
    return render(request, "learning/submissions/changes.html", context)
