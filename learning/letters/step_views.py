"""The pages of the steps: nominate, choose who writes, write, approve, send, send back,
set aside, answer, withdraw, begin a page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from learning.access.taking import ask_first, is_its_time, only_if, posted, press, take
from learning.letters import consent, services
from learning.letters.forms import (
    AnswerForm,
    LetterForm,
    NominationForm,
    ReasonForm,
    WriterForm,
)
from learning.letters.models import GoodPracticeLetter
from learning.letters.permissions import user_can_answer, user_can_see_to, user_can_write
from learning.letters.reaching import crumbs, form_page, letter_for
from learning.letters.refusals import NominationNotPossible
from learning.proforma.keys import RECOGNITION
from learning.submissions.guards import submission_for
from learning.submissions.models import AuditSubmission

LEAD_ONLY = "Only a lead does this."
WORKER_ONLY = "Only the worker whose letter it is decides this."


def nominate(request: HttpRequest, submission_ref: str) -> HttpResponse:
    """Out of one audit, by its pair or the lead."""
    submission = submission_for(request.user, submission_ref)
    try:
        services.check_nominating(submission, request.user)
    except NominationNotPossible as refusal:
        messages.warning(request, str(refusal))
        return redirect(submission)
    form = NominationForm(request.POST or None, initial=_recognised_in(submission))
    if take(
        form,
        lambda: services.nominate(
            submission=submission, nominated_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, "Thank you. The lead sees to the letter.")
        return redirect(submission)
    return form_page(
        request,
        form,
        None,
        title="Nominate this work for a letter",
        summary=f"Out of {submission}. A lead or senior manager writes to the worker; only they read this.",
        button="Nominate it",
        back_url=submission.get_absolute_url(),
    )


def _recognised_in(submission: AuditSubmission) -> dict[str, str]:
    """What the pair wrote in the audit's own section on work worth recognising, to begin with."""
    entry = submission.entries.filter(section__key=RECOGNITION).first()
    return {"what_was_done": entry.saw, "difference_made": entry.means} if entry else {}


def choose_writer(request: HttpRequest, letter_ref: str) -> HttpResponse:
    letter = letter_for(request.user, letter_ref)
    only_if(user_can_see_to(request.user, letter), LEAD_ONLY)
    if not is_its_time(request, letter, "draft"):
        return redirect(letter)
    form = WriterForm(request.POST or None, letter=letter, initial={"writer": letter.writer_id})
    if take(
        form,
        lambda: services.choose_writer(letter=letter, chosen_by=request.user, **form.cleaned_data),
    ):
        messages.success(request, "They are told by e-mail.")
        return redirect(letter)
    return form_page(request, form, letter, title="Choose who writes it", button="Ask them")


def write(request: HttpRequest, letter_ref: str) -> HttpResponse:
    letter = letter_for(request.user, letter_ref)
    only_if(user_can_write(request.user, letter), "Only who was asked writes it.")
    if not is_its_time(request, letter, "draft"):
        return redirect(letter)
    initial = {name: getattr(letter, name) for name in GoodPracticeLetter.PARTS}
    form = LetterForm(request.POST or None, initial=initial)
    if take(
        form,
        lambda: services.write_letter(letter=letter, written_by=request.user, **form.cleaned_data),
    ):
        messages.success(
            request, "The letter is written. A lead who wrote nothing of it approves it."
        )
        return redirect(letter)
    return form_page(
        request,
        form,
        letter,
        title="Write the letter",
        summary="It goes to one person and is theirs. You sign it.",
        button="Keep the letter",
        shows_nomination=True,
    )


@require_POST
def approve(request: HttpRequest, letter_ref: str) -> HttpResponse:
    letter = letter_for(request.user, letter_ref)
    return press(
        request,
        letter,
        lambda: services.approve(letter=letter, approved_by=request.user),
        "It is approved. Now it can be sent.",
    )


@require_POST
def send(request: HttpRequest, letter_ref: str) -> HttpResponse:
    letter = letter_for(request.user, letter_ref)
    return press(
        request,
        letter,
        lambda: services.send(letter=letter, sent_by=request.user),
        "It is the worker’s now. They are told by e-mail, which holds a link and no word of it.",
    )


def send_back(request: HttpRequest, letter_ref: str) -> HttpResponse:
    letter = letter_for(request.user, letter_ref)
    return _with_reason(
        request,
        letter,
        "send_back",
        lambda reason: services.send_back(letter=letter, reason=reason, sent_back_by=request.user),
        done="Its writer is told by e-mail. It has to be approved anew.",
        title="Send it back to its writer",
        summary="Its words may change again. It goes to the worker only when it is approved anew.",
        button="Send it back",
    )


def set_aside(request: HttpRequest, letter_ref: str) -> HttpResponse:
    letter = letter_for(request.user, letter_ref)
    return _with_reason(
        request,
        letter,
        "set_aside",
        lambda reason: services.set_aside(letter=letter, reason=reason, set_aside_by=request.user),
        done="It is set aside. The same work may be nominated again.",
        title="Set this letter aside?",
        summary="The worker never hears of it.",
        button="Set it aside",
    )


def _with_reason(
    request: HttpRequest,
    letter: GoodPracticeLetter,
    step: str,
    act: Callable[[str], Any],
    *,
    done: str,
    **words: str,
) -> HttpResponse:
    """The page of a step backward, which asks for its reason."""
    only_if(user_can_see_to(request.user, letter), LEAD_ONLY)
    if not is_its_time(request, letter, step):
        return redirect(letter)
    form = ReasonForm(posted(request))
    if take(form, lambda: act(form.cleaned_data["reason"])):
        messages.success(request, done)
        return redirect(letter)
    return form_page(request, form, letter, **words)


def answer(request: HttpRequest, letter_ref: str) -> HttpResponse:
    letter = letter_for(request.user, letter_ref)
    only_if(user_can_answer(request.user, letter), WORKER_ONLY)
    if not is_its_time(request, letter, "give_consent", "decline"):
        return redirect(letter)
    form = AnswerForm(request.POST or None)
    if take(
        form,
        lambda: consent.answer(letter=letter, answered_by=request.user, **form.cleaned_data),
    ):
        messages.success(request, "Thank you. It is kept as you say.")
        return redirect(letter)
    return form_page(
        request,
        form,
        letter,
        title="May others learn from it?",
        summary="If you say yes, somebody writes a page of its own: without your name, your team or the "
        "family, read by a second person, and published some months from now. The letter itself stays yours. "
        "Your line manager, the leads, the QA officers and who signed it can read it already; while your yes "
        "stands, the portal’s editors can read it too, to write that page.",
        button="Keep my answer",
    )


def withdraw(request: HttpRequest, letter_ref: str) -> HttpResponse:
    letter = letter_for(request.user, letter_ref)
    only_if(user_can_answer(request.user, letter), WORKER_ONLY)
    if not is_its_time(request, letter, "withdraw_consent"):
        return redirect(letter)
    if request.method == "POST":
        return press(
            request,
            letter,
            lambda: consent.withdraw_consent(letter=letter, withdrawn_by=request.user),
            "Your consent is taken back, and the page is gone. The letter stays yours.",
        )
    return ask_first(
        request,
        crumbs(letter),
        title="Take your consent back?",
        text="The page goes from the portal and its search at once, and is not published again. What was "
        "printed or downloaded cannot be called back. The letter stays yours.",
        confirm_label="Take it back",
        danger=True,
    )


@require_POST
def begin_page(request: HttpRequest, letter_ref: str) -> HttpResponse:
    letter = letter_for(request.user, letter_ref)
    return press(
        request,
        letter,
        lambda: consent.begin_page(letter=letter, begun_by=request.user),
        "An empty page stands among the letters in the editors’ desk. Write it without names.",
    )
