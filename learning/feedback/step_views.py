"""The pages of the pair's steps: tries, invitation, meeting, notes, themes, quotes, and the end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from learning.access.taking import is_its_time, press, take
from learning.feedback import asking, writing_up
from learning.feedback.forms import (
    EndForm,
    InviteForm,
    MeetingForm,
    NotesForm,
    QuoteForm,
    ThemeForm,
    TryForm,
)
from learning.feedback.guards import asked_or_404, form_page, settled_or_404
from learning.feedback.models import FamilyFeedback
from learning.feedback.permissions import independent_of_pair
from learning.feedback.questions import published_sets
from learning.feedback.states import HEARD


def note_try(request: HttpRequest, submission_ref: str, feedback_id: int) -> HttpResponse:
    feedback = asked_or_404(request, submission_ref, feedback_id)
    if not is_its_time(request, feedback, "give_up"):
        return redirect(feedback)
    form = TryForm(request.POST or None)
    if take(
        form,
        lambda: asking.record_try(feedback=feedback, tried_by=request.user, **form.cleaned_data),
    ):
        messages.success(request, "The try is noted.")
        return redirect(feedback)
    return form_page(request, "try", feedback, form, tries=feedback.tries.all())


def invite(request: HttpRequest, submission_ref: str, feedback_id: int) -> HttpResponse:
    feedback = asked_or_404(request, submission_ref, feedback_id)
    if not is_its_time(request, feedback, "invite"):
        return redirect(feedback)
    sets = published_sets()
    form = InviteForm(
        request.POST or None,
        people=independent_of_pair(feedback.submission),
        sets=sets,
        initial={"asked": feedback.asked, "led_by": request.user.pk},
    )
    if take(
        form,
        lambda: asking.invite(feedback=feedback, invited_by=request.user, **form.arguments()),
    ):
        messages.success(request, "The invitation is recorded, with the questions of today.")
        return redirect(feedback)
    check = feedback.safety_checks.first()
    return form_page(request, "invite", feedback, form, sets=sets, check=check)


def meeting(request: HttpRequest, submission_ref: str, feedback_id: int) -> HttpResponse:
    feedback = asked_or_404(request, submission_ref, feedback_id)
    if not is_its_time(request, feedback, "meet"):
        return redirect(feedback)
    form = MeetingForm(request.POST or None)
    if take(
        form,
        lambda: writing_up.record_meeting(
            feedback=feedback, recorded_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, "Thank you. Now write it up, today if you can.")
        return redirect("feedback:notes", submission_ref, feedback_id)
    return form_page(request, "meeting", feedback, form)


def end(request: HttpRequest, submission_ref: str, feedback_id: int) -> HttpResponse:
    feedback = settled_or_404(request, submission_ref, feedback_id)
    if not is_its_time(request, feedback, "set_aside", "decline"):
        return redirect(feedback)
    form = EndForm(request.POST or None)
    if take(
        form,
        lambda: asking.end_asking(feedback=feedback, ended_by=request.user, **form.cleaned_data),
    ):
        messages.success(request, "Asking has ended, and why is kept.")
        return redirect(feedback)
    return form_page(request, "end", feedback, form)


def notes(request: HttpRequest, submission_ref: str, feedback_id: int) -> HttpResponse:
    feedback = asked_or_404(request, submission_ref, feedback_id)
    if not _can_be_written(request, feedback):
        return redirect(feedback)
    form = NotesForm(request.POST or None, instance=feedback)
    is_whole = request.POST.get("finish") == "yes"
    step = writing_up.finish_notes if is_whole else writing_up.save_notes
    if take(
        form,
        lambda: form.keep(step, feedback=feedback, notes=form.notes(), written_by=request.user),
    ):
        messages.success(request, "The notes are whole." if is_whole else "Saved.")
        return redirect(feedback) if is_whole else _notes_again(feedback)
    return _notes_page(request, feedback, form)


def _notes_page(
    request: HttpRequest,
    feedback: FamilyFeedback,
    form: NotesForm,
    theme_form: ThemeForm | None = None,
    quote_form: QuoteForm | None = None,
) -> HttpResponse:
    """The notes with their themes and quotes; 422 when something stands in the way of one of the three."""
    page = form_page(
        request,
        "notes",
        feedback,
        form,
        raised=feedback.raised.select_related("theme"),
        quotes=feedback.quotes.filter(withdrawn_at=None),
        theme_form=theme_form or ThemeForm(prefix="theme"),
        quote_form=quote_form or QuoteForm(prefix="quote"),
    )
    if theme_form or quote_form:
        page.status_code = 422
    return page


def _can_be_written(request: HttpRequest, feedback: FamilyFeedback) -> bool:
    if feedback.state in HEARD:
        return True
    state = feedback.get_state_display().lower()
    messages.warning(request, f"There is nothing to write up now: it is “{state}”.")
    return False


def _notes_again(feedback: FamilyFeedback) -> HttpResponse:
    return redirect("feedback:notes", feedback.submission.case.ref, feedback.pk)


@require_POST
def add_theme(request: HttpRequest, submission_ref: str, feedback_id: int) -> HttpResponse:
    feedback = asked_or_404(request, submission_ref, feedback_id)
    form = ThemeForm(request.POST, prefix="theme")
    if not take(
        form,
        lambda: writing_up.raise_theme(
            feedback=feedback, raised_by=request.user, **form.cleaned_data
        ),
    ):
        return _notes_page(request, feedback, NotesForm(instance=feedback), theme_form=form)
    return _notes_again(feedback)


@require_POST
def remove_theme(
    request: HttpRequest, submission_ref: str, feedback_id: int, raised_id: int
) -> HttpResponse:
    feedback = asked_or_404(request, submission_ref, feedback_id)
    return press(
        request,
        feedback,
        lambda: writing_up.remove_theme(
            feedback=feedback, theme_id=raised_id, removed_by=request.user
        ),
        "The theme is taken out.",
    )


@require_POST
def add_quote(request: HttpRequest, submission_ref: str, feedback_id: int) -> HttpResponse:
    feedback = asked_or_404(request, submission_ref, feedback_id)
    form = QuoteForm(request.POST, prefix="quote")
    if not take(
        form,
        lambda: writing_up.agree_quote(
            feedback=feedback, recorded_by=request.user, **form.cleaned_data
        ),
    ):
        return _notes_page(request, feedback, NotesForm(instance=feedback), quote_form=form)
    return _notes_again(feedback)


@require_POST
def take_quote_back(
    request: HttpRequest, submission_ref: str, feedback_id: int, quote_id: int
) -> HttpResponse:
    feedback = settled_or_404(request, submission_ref, feedback_id)
    quote = get_object_or_404(feedback.quotes, pk=quote_id)
    return press(
        request,
        feedback,
        lambda: writing_up.withdraw_quote(quote=quote, withdrawn_by=request.user),
        "The quote is taken back. It is shown to nobody any more.",
    )


@require_POST
def incorporate(request: HttpRequest, submission_ref: str, feedback_id: int) -> HttpResponse:
    feedback = asked_or_404(request, submission_ref, feedback_id)
    return press(
        request,
        feedback,
        lambda: writing_up.incorporate(feedback=feedback, incorporated_by=request.user),
        "Their views stand in the audit now.",
    )
