"""The plan of questions, the conversation, and recording gaps."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from learning.access.taking import posted, take
from learning.events.steps import StepNotPossible
from learning.submissions.forms import ConversationForm, GapForm, NotHeldForm, QuestionForm
from learning.submissions.guards import opened_or_404, page_of
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState
from learning.submissions.talking import (
    QuestionsNotReady,
    add_recording_gap,
    agree_questions,
    go_on_without_conversation,
    missing_for_questions,
    record_conversation,
    remove_recording_gap,
    talk_of,
)
from learning.submissions.writing import add_question, remove_question


def questions(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = opened_or_404(request, submission_ref)
    form = QuestionForm(posted(request))
    if request.method != "POST" or not form.is_valid():
        return _questions_page(request, submission, form)
    try:
        add_question(submission=submission, text=form.cleaned_data["text"], by=request.user)
    except StepNotPossible as refusal:
        form.add_error(None, str(refusal))
        return _questions_page(request, submission, form)
    return redirect("submissions:questions", submission_ref)


def _questions_page(
    request: HttpRequest, submission: AuditSubmission, form: QuestionForm
) -> HttpResponse:
    is_reading = submission.state == SubmissionState.READING
    context = page_of(
        submission,
        form=form,
        questions=submission.questions.all(),
        is_reading=is_reading,
        missing=missing_for_questions(submission) if is_reading else [],
    )
    status = 422 if form.errors else 200
    return render(request, "learning/submissions/questions.html", context, status=status)


@require_POST
def remove_one_question(
    request: HttpRequest, submission_ref: str, question_id: int
) -> HttpResponse:
    submission = opened_or_404(request, submission_ref)
    question = get_object_or_404(submission.questions, pk=question_id)
    try:
        remove_question(question=question, by=request.user)
    except StepNotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("submissions:questions", submission_ref)


@require_POST
def agree(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = opened_or_404(request, submission_ref)
    try:
        agree_questions(submission=submission, by=request.user)
    except (QuestionsNotReady, StepNotPossible) as refusal:
        messages.error(request, str(refusal))
        return redirect("submissions:questions", submission_ref)
    messages.success(request, "The questions are agreed. Next comes the talk with the worker.")
    return redirect(submission)


def conversation(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = opened_or_404(request, submission_ref)
    form = _talk_form(submission, posted(request))
    if not take(
        form,
        lambda: form.keep(
            record_conversation, submission=submission, talk=form.talk(), by=request.user
        ),
    ):
        return _conversation_page(request, submission, form)
    messages.success(request, "The conversation is recorded.")
    return redirect(submission)


def _talk_form(submission: AuditSubmission, typed: Any = None) -> ConversationForm:
    return ConversationForm(
        typed, standing=talk_of(submission), questions=submission.questions.all()
    )


def _conversation_page(
    request: HttpRequest,
    submission: AuditSubmission,
    form: ConversationForm,
    gap_form: GapForm | None = None,
) -> HttpResponse:
    context = page_of(
        submission,
        form=form,
        gap_form=gap_form or GapForm(prefix="gap"),
        gaps=submission.gaps.all(),
        is_reading=submission.state == SubmissionState.READING,
        conversation=getattr(submission, "conversation", None),
    )
    status = 422 if form.errors or gap_form else 200
    return render(request, "learning/submissions/conversation.html", context, status=status)


def not_held(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = opened_or_404(request, submission_ref)
    form = NotHeldForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            go_on_without_conversation(
                submission=submission, reason=form.cleaned_data["reason"], by=request.user
            )
            return redirect(submission)
        except StepNotPossible as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.errors else 200
    context = page_of(submission, form=form)
    return render(request, "learning/submissions/not_held.html", context, status=status)


@require_POST
def add_gap(request: HttpRequest, submission_ref: str) -> HttpResponse:
    submission = opened_or_404(request, submission_ref)
    form = GapForm(request.POST, prefix="gap")
    if not take(
        form,
        lambda: add_recording_gap(submission=submission, by=request.user, **form.cleaned_data),
    ):
        return _conversation_page(request, submission, _talk_form(submission), form)
    return redirect("submissions:conversation", submission_ref)


@require_POST
def remove_gap(request: HttpRequest, submission_ref: str, gap_id: int) -> HttpResponse:
    submission = opened_or_404(request, submission_ref)
    gap = get_object_or_404(submission.gaps, pk=gap_id)
    try:
        remove_recording_gap(gap=gap, by=request.user)
    except StepNotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("submissions:conversation", submission_ref)
