"""The steps of a process review: ask, answer, open, collect, decide, link, finish."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from learning.access.doors import needs
from learning.access.matrix import Right
from learning.access.taking import ask_first, form_answer, is_its_time, press, say_what_came, take
from learning.events.refusals import Refusal
from learning.process_review import asking, services
from learning.process_review.forms import AnswerForm, ChangeForm, DecisionForm
from learning.process_review.models import ProcessDecision, ProcessReview, ReviewInvitation
from learning.process_review.reaching import crumbs, form_page, review_or_404
from learning.programme.guards import cycle_or_404
from learning.programme.models import AuditProgramme

# --- Asking and answering --------------------------------------------------------------------------------


@require_POST
@needs(Right.RUN_PROCESS_REVIEW)
def ask(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    say_what_came(
        request,
        lambda: asking.open_round(cycle=cycle, opened_by=request.user),
        "They are asked, and told by e-mail. You read the answers when their days are over.",
    )
    return redirect("process_review:round", cycle_ref)


def answer(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """The questions of whoever was asked. No look at this page is logged: a log of it would say who
    answered, and when."""
    invitation = _invitation_of(request.user, cycle_ref)
    if invitation.has_answered or invitation.round.is_over(timezone.localdate()):
        return _nothing_to_answer(request, invitation)
    form = AnswerForm(request.POST or None, invitation=invitation)
    if take(
        form,
        lambda: asking.take_answers(invitation=invitation, answers=form.cleaned_data),
    ):
        messages.success(request, "Thank you. Your answers are kept without your name.")
        return redirect("home:my_work")
    context = {
        "form": form,
        "invitation": invitation,
        "cycle": invitation.round.cycle,
        "breadcrumbs": [{"title": "Home", "url": "/"}],
    }
    return form_answer(request, "learning/process_review/answer.html", context)


def _invitation_of(person: Any, cycle_ref: str) -> ReviewInvitation:
    """What this person is asked about the cycle; what is not answered first. 404 for everybody else."""
    invitations = ReviewInvitation.objects.filter(person=person, round__cycle__ref=cycle_ref)
    found = invitations.order_by("has_answered", "part").select_related("round__cycle").first()
    if found is None:
        raise Http404
    return found


def _nothing_to_answer(request: HttpRequest, invitation: ReviewInvitation) -> HttpResponse:
    if invitation.has_answered:
        messages.info(request, "You have answered these questions. Thank you.")
    else:
        messages.info(request, "The days for answering are over. Thank you all the same.")
    return redirect("home:my_work")


# --- The review -------------------------------------------------------------------------------------------


@require_POST
@needs(Right.RUN_PROCESS_REVIEW)
def open_review(request: HttpRequest, year: int) -> HttpResponse:
    programme = get_object_or_404(AuditProgramme, year=year)
    try:
        review = services.open_review(programme=programme, opened_by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("process_review:list")
    return redirect(review)


@needs(Right.RUN_PROCESS_REVIEW)
def collect(request: HttpRequest, year: int) -> HttpResponse:
    return _confirmed(
        request,
        review_or_404(year),
        "collect_evidence",
        lambda review: services.collect_evidence(review=review, collected_by=request.user),
        done="The evidence is complete. Now write down what will be different.",
        title="Is the evidence complete?",
        text="From here on nobody of this year is asked any more. Answers of cycles in which fewer than five "
        "answered are shown together.",
        confirm_label="The evidence is complete",
    )


@needs(Right.RUN_PROCESS_REVIEW)
def decide(request: HttpRequest, year: int) -> HttpResponse:
    review = review_or_404(year)
    if not is_its_time(request, review, "finish_deciding"):
        return redirect(review)
    form = DecisionForm(request.POST or None)
    if take(
        form,
        lambda: services.decide(review=review, decided_by=request.user, **form.cleaned_data),
    ):
        messages.success(request, "The decision is kept.")
        return redirect(review)
    return form_page(
        request,
        form,
        title="What will be different?",
        text="When all decisions are written, everybody can read them. Name nobody in the text.",
        button="Keep this decision",
        cancel_url=review.get_absolute_url(),
        breadcrumbs=crumbs(review.programme),
    )


@needs(Right.RUN_PROCESS_REVIEW)
def decided(request: HttpRequest, year: int) -> HttpResponse:
    return _confirmed(
        request,
        review_or_404(year),
        "finish_deciding",
        lambda review: services.finish_deciding(review=review, finished_by=request.user),
        done="Everybody can read what was decided.",
        title="Are all decisions written down?",
        text="Everybody who may see the programme can then read them, and none can be added.",
        confirm_label="Yes, tell everybody",
    )


@needs(Right.RUN_PROCESS_REVIEW)
def link_change(request: HttpRequest, decision_id: int) -> HttpResponse:
    decisions = ProcessDecision.objects.select_related("review__programme")
    decision = get_object_or_404(decisions, pk=decision_id)
    review = decision.review
    if not is_its_time(request, review, "finish"):
        return redirect(review)
    form = ChangeForm(request.POST or None)
    if take(
        form,
        lambda: services.link_change(
            decision=decision, linked_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, "The change is linked to its decision.")
        return redirect(review)
    return form_page(
        request,
        form,
        title="What did this decision change?",
        text=decision.words,
        button="Link it",
        cancel_url=review.get_absolute_url(),
        breadcrumbs=crumbs(review.programme),
    )


@needs(Right.RUN_PROCESS_REVIEW)
def finish(request: HttpRequest, year: int) -> HttpResponse:
    return _confirmed(
        request,
        review_or_404(year),
        "finish",
        lambda review: services.finish(review=review, finished_by=request.user),
        done="The review is finished.",
        title="Finish the review?",
        text="Each decision is linked to what it changed. Nothing can be added after that.",
        confirm_label="Finish it",
    )


def _confirmed(
    request: HttpRequest,
    review: ProcessReview,
    step: str,
    act: Callable[[ProcessReview], Any],
    *,
    done: str,
    **words: Any,
) -> HttpResponse:
    """The question before a step that cannot be taken back, and the step when the answer is yes."""
    if not is_its_time(request, review, step):
        return redirect(review)
    if request.method == "POST":
        return press(request, review, lambda: act(review), done)
    return ask_first(request, crumbs(review.programme), **words)
