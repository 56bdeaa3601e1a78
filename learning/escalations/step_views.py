"""The pages of the steps: convey, hand over, acknowledge, report, verify, close, refer, add a note."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from learning.access.taking import ask_first, is_its_time, only_if, posted, press, take
from learning.escalations import services
from learning.escalations.forms import ConveyForm, HandOverForm, NoteForm, ReportForm, VerifyForm
from learning.escalations.permissions import (
    user_can_add_note,
    user_can_answer,
    user_can_see_to,
    user_can_verify,
)
from learning.escalations.reaching import crumbs, escalation_for, form_page
from learning.escalations.services import ADDRESSEE_ONLY, LEAD_ONLY


def convey(request: HttpRequest, escalation_ref: str) -> HttpResponse:
    escalation = escalation_for(request.user, escalation_ref)
    only_if(user_can_see_to(request.user, escalation), LEAD_ONLY)
    if not is_its_time(request, escalation, "convey"):
        return redirect(escalation)
    form = ConveyForm(request.POST or None, escalation=escalation)
    if take(
        form,
        lambda: services.convey(
            escalation=escalation, conveyed_by=request.user, **form.what_was_said()
        ),
    ):
        messages.success(request, "It is conveyed. They are told by e-mail; phone them as well.")
        return redirect(escalation)
    return form_page(
        request,
        form,
        escalation,
        title="Convey what must be done",
        summary="From now on these words and the deadline stay as they are, and the clock of whom you "
        "choose begins.",
        button="Convey it now",
    )


def hand_over(request: HttpRequest, escalation_ref: str) -> HttpResponse:
    escalation = escalation_for(request.user, escalation_ref)
    only_if(user_can_see_to(request.user, escalation), LEAD_ONLY)
    if not is_its_time(request, escalation, "hand_over"):
        return redirect(escalation)
    form = HandOverForm(posted(request), escalation=escalation)
    if take(
        form,
        lambda: services.hand_over(
            escalation=escalation, handed_over_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, "They are told by e-mail; phone them as well.")
        return redirect(escalation)
    return form_page(
        request,
        form,
        escalation,
        title="Give it to another senior manager",
        summary=f"{escalation.recipient} reads nothing of it from then on. What must be done and the deadline "
        "stay; the clock of whom you choose begins anew.",
        button="Give it to them now",
    )


@require_POST
def acknowledge(request: HttpRequest, escalation_ref: str) -> HttpResponse:
    escalation = escalation_for(request.user, escalation_ref)
    return press(
        request,
        escalation,
        lambda: services.acknowledge(escalation=escalation, acknowledged_by=request.user),
        "Thank you. Report here what was done, as soon as it is done.",
    )


def report(request: HttpRequest, escalation_ref: str) -> HttpResponse:
    escalation = escalation_for(request.user, escalation_ref)
    only_if(user_can_answer(request.user, escalation), ADDRESSEE_ONLY)
    if not is_its_time(request, escalation, "report_action"):
        return redirect(escalation)
    form = ReportForm(request.POST or None)
    if take(
        form,
        lambda: services.report_action(
            escalation=escalation, reported_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, "Thank you. The lead is told, and checks it.")
        return redirect(escalation)
    return form_page(
        request, form, escalation, title="Report what was done", button="Report it to the lead"
    )


def verify(request: HttpRequest, escalation_ref: str) -> HttpResponse:
    escalation = escalation_for(request.user, escalation_ref)
    only_if(
        user_can_verify(request.user, escalation),
        "A lead verifies, and never what they had to do themselves.",
    )
    if not is_its_time(request, escalation, "verify"):
        return redirect(escalation)
    form = VerifyForm(request.POST or None)
    if take(
        form,
        lambda: services.verify(
            escalation=escalation, verified_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(
            request, "It is verified. Tell those who reported it that the child is safe."
        )
        return redirect(escalation)
    return form_page(
        request,
        form,
        escalation,
        title="Verify what was done",
        summary="Not enough yet? Do not verify it: add a note that says what is missing, and phone them.",
        button="Verify it",
    )


def note(request: HttpRequest, escalation_ref: str) -> HttpResponse:
    escalation = escalation_for(request.user, escalation_ref)
    only_if(user_can_add_note(request.user, escalation), "Only lead and addressee write here.")
    form = NoteForm(request.POST or None)
    if take(
        form,
        lambda: services.add_note(
            escalation=escalation, written_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, "Your note is kept.")
        return redirect(escalation)
    return form_page(request, form, escalation, title="Add a note", button="Keep this note")


def close(request: HttpRequest, escalation_ref: str) -> HttpResponse:
    escalation = escalation_for(request.user, escalation_ref)
    only_if(user_can_see_to(request.user, escalation), LEAD_ONLY)
    if not is_its_time(request, escalation, "close"):
        return redirect(escalation)
    if request.method == "POST":
        return press(
            request,
            escalation,
            lambda: services.close(escalation=escalation, closed_by=request.user),
            "It is closed.",
        )
    return ask_first(
        request,
        crumbs(escalation),
        title="Close this escalation?",
        text=f"Nothing can be added after this. A new concern is reported from the {escalation.about_words}.",
        confirm_label="Close it",
        danger=True,
    )


def refer(request: HttpRequest, escalation_ref: str) -> HttpResponse:
    escalation = escalation_for(request.user, escalation_ref)
    only_if(user_can_see_to(request.user, escalation), LEAD_ONLY)
    if request.method == "POST":
        return press(
            request,
            escalation,
            lambda: services.note_referral(escalation=escalation, noted_by=request.user),
            "It is noted that it was referred elsewhere.",
        )
    return ask_first(
        request,
        crumbs(escalation),
        title="Referred elsewhere?",
        text="Only the fact is noted, for the QA office. Write nothing about it here: what concerns somebody’s "
        "conduct belongs to the other process alone. This cannot be taken back.",
        confirm_label="Note it",
        danger=True,
    )
