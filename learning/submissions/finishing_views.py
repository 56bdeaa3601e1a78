"""What the lead does with a submission, and the worker's reply."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from learning.access.doors import needs
from learning.access.matrix import Right
from learning.access.taking import posted, take
from learning.events.steps import StepNotPossible
from learning.submissions.assuring import QuestionsMissing, send_back, share_with_worker, sign_off
from learning.submissions.family import FamilyNotHeard
from learning.submissions.finishing import (
    ReplyEmpty,
    add_addendum,
    complete_submission,
    end_reply_time,
    lock_submission,
    reply_as_worker,
)
from learning.submissions.forms import AddendumForm, ReplyForm, ReviewForm
from learning.submissions.guards import (
    page_of,
    readable_or_404,
    reviewed_or_404,
    submission_or_404,
)
from learning.submissions.models import AuditSubmission
from learning.submissions.permissions import (
    user_can_reply,
    user_can_review_submission,
    user_is_of_pair,
)
from learning.submissions.reading import reading_view


@require_POST
@needs(Right.QUALITY_ASSURE)
def review(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = reviewed_or_404(request, submission_ref)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _read_again(request, submission, reading_view(submission, request.user, form))
    is_signed = request.POST.get("outcome") == "sign_off"
    step = sign_off if is_signed else send_back
    try:
        step(submission=submission, reviewer=request.user, words=form.cleaned_data["words"])
    except QuestionsMissing as refusal:
        form.add_error("words", str(refusal))
        return _read_again(request, submission, reading_view(submission, request.user, form))
    except StepNotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect("submissions:read", submission_ref)
    said = "It is signed off." if is_signed else "It is with the pair again."
    messages.success(request, said)
    return redirect("submissions:read", submission_ref)


@require_POST
@needs(Right.QUALITY_ASSURE)
def share(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = reviewed_or_404(request, submission_ref)
    return _take(
        request,
        submission,
        lambda: share_with_worker(submission=submission, shared_by=request.user),
        "It is with the worker now.",
    )


@require_POST
@needs(Right.QUALITY_ASSURE)
def go_on(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = reviewed_or_404(request, submission_ref)
    return _take(
        request,
        submission,
        lambda: end_reply_time(submission=submission, ended_by=request.user),
        "It goes on without a reply.",
    )


@require_POST
@needs(Right.QUALITY_ASSURE)
def complete(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = reviewed_or_404(request, submission_ref)
    return _take(
        request,
        submission,
        lambda: complete_submission(submission=submission, completed_by=request.user),
        "The audit is complete.",
    )


@require_POST
@needs(Right.QUALITY_ASSURE)
def lock(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = reviewed_or_404(request, submission_ref)
    return _take(
        request,
        submission,
        lambda: lock_submission(submission=submission, locked_by=request.user),
        "It is locked. What comes later is an addendum.",
    )


def _take(
    request: HttpRequest, submission: AuditSubmission, step: Callable[[], Any], said: str
) -> HttpResponse:
    """Back to the reading page, with a word on how the step went."""
    try:
        step()
        messages.success(request, said)
    except (StepNotPossible, FamilyNotHeard) as refusal:
        messages.error(request, str(refusal))
    return redirect("submissions:read", submission.case.ref)


def _read_again(
    request: HttpRequest, submission: AuditSubmission, shown: dict[str, Any]
) -> HttpResponse:
    context = page_of(submission, **shown)
    return render(request, "learning/submissions/read.html", context, status=422)


def reply(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = submission_or_404(request, submission_ref)
    if submission.case.worker_id != request.user.pk:
        raise Http404
    if not user_can_reply(request.user, submission):
        messages.warning(
            request, "No reply is asked for any more: it was sent, or its time is over."
        )
        return redirect("submissions:read", submission_ref)
    form = ReplyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            reply_as_worker(submission=submission, worker=request.user, **form.cleaned_data)
            messages.success(request, "Thank you. Your words stand beside the audit now.")
            return redirect("submissions:read", submission_ref)
        except ReplyEmpty as refusal:
            form.add_error(None, str(refusal))
    context = page_of(submission, form=form)
    status = 422 if form.errors else 200
    return render(request, "learning/submissions/reply.html", context, status=status)


@require_POST
def addendum(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = readable_or_404(request, submission_ref)
    may_add = user_is_of_pair(request.user, submission) or user_can_review_submission(
        request.user, submission
    )
    if not may_add:
        raise Http404
    form = AddendumForm(request.POST)
    if not take(
        form,
        lambda: add_addendum(submission=submission, written_by=request.user, **form.cleaned_data),
    ):
        context = reading_view(submission, request.user) | {"addendum_form": form}
        return _read_again(request, submission, context)
    messages.success(request, "The addendum is added.")
    return redirect("submissions:read", submission_ref)
