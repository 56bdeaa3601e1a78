"""The urgent question, and confirming the text."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from learning.access.taking import posted
from learning.events.steps import StepNotPossible
from learning.submissions.concerns import standing_of
from learning.submissions.forms import ConfirmForm, MoreAboutConcernForm, UrgentForm
from learning.submissions.guards import opened_or_404, page_of
from learning.submissions.hinting import hints_of
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState
from learning.submissions.submitting import (
    READY_TO_CONFIRM,
    SubmissionNotReady,
    confirm_text,
    missing_for_submission,
    still_to_confirm,
)
from learning.submissions.urgent import answer_urgent_question


def urgent(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = opened_or_404(request, submission_ref)
    is_known = bool(submission.has_immediate_concern)
    form = (MoreAboutConcernForm if is_known else UrgentForm)(posted(request))
    if request.method == "POST" and form.is_valid():
        answer_urgent_question(
            submission=submission,
            is_concern=is_known or form.cleaned_data["is_concern"],
            by=request.user,
            words=form.cleaned_data["words"],
        )
        return redirect("submissions:urgent", submission_ref)
    context = page_of(submission, form=form, standing=standing_of(submission, request.user))
    status = 422 if form.errors else 200
    return render(request, "learning/submissions/urgent.html", context, status=status)


def confirm(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = opened_or_404(request, submission_ref)
    form = ConfirmForm(posted(request))
    if request.method != "POST" or not form.is_valid():
        return _confirm_page(request, submission, form)
    try:
        confirmed = confirm_text(submission=submission, by=request.user, **form.cleaned_data)
    except (SubmissionNotReady, StepNotPossible) as refusal:
        form.add_error(None, getattr(refusal, "missing", None) or str(refusal))
        return _confirm_page(request, submission, form)
    messages.success(request, _what_now(confirmed))
    return redirect(submission)


def _what_now(submission: AuditSubmission) -> str:
    if submission.state == SubmissionState.SUBMITTED:
        return "You have both confirmed the text. It is with the lead now."
    return (
        "You have confirmed the text. When your colleague confirms the same text, it is submitted."
    )


def _confirm_page(
    request: HttpRequest, submission: AuditSubmission, form: ConfirmForm
) -> HttpResponse:
    is_time = submission.state in READY_TO_CONFIRM
    waits_for = still_to_confirm(submission)
    context = page_of(
        submission,
        form=form,
        is_time=is_time,
        missing=missing_for_submission(submission) if is_time else [],
        hints=hints_of(submission),
        waits_for=waits_for,
        has_confirmed=request.user not in waits_for,
    )
    status = 422 if form.errors else 200
    return render(request, "learning/submissions/confirm.html", context, status=status)
