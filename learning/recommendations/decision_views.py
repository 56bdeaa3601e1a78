"""The pages beside the way: more time, not accepted, another in its place, a pause."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from learning.access.taking import only_if, take
from learning.recommendations import decisions, handing_over
from learning.recommendations.decision_forms import (
    DecisionForm,
    ExtensionForm,
    HandOverForm,
    NonAcceptanceForm,
    PauseForm,
    SupersedeForm,
)
from learning.recommendations.models import Recommendation
from learning.recommendations.permissions import (
    user_can_decide_extension,
    user_can_decide_non_acceptance,
    user_can_issue,
    user_can_pause,
    user_can_supersede,
    user_owns,
)
from learning.recommendations.reaching import form_page, is_open, recommendation_for

OWNER_ONLY = "Only the owner of a recommendation does this."


def extend(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    """The owner asks for more time."""
    recommendation = recommendation_for(request.user, recommendation_ref)
    only_if(user_owns(request.user, recommendation), OWNER_ONLY)
    if not is_open(request, recommendation):
        return redirect(recommendation)
    form = ExtensionForm(request.POST or None)
    if take(
        form,
        lambda: decisions.request_extension(
            recommendation=recommendation, requested_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(
            request, "Your request is with whoever decides. Until then the date stays."
        )
        return redirect(recommendation)
    return form_page(
        request,
        form,
        recommendation,
        title="Ask for more time",
        summary=_who_decides(recommendation),
        button="Ask for more time",
    )


def _who_decides(recommendation: Recommendation) -> str:
    who = "A board member" if recommendation.is_of_the_board else "The lead"
    return f"{who} decides. It is due on {recommendation.due_date:%-d %B %Y} until then."


def decide_extension(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    """The lead or a board member grants more time, or does not."""
    recommendation = recommendation_for(request.user, recommendation_ref)
    may = user_can_decide_extension(request.user, recommendation)
    only_if(may, "The lead decides on more time, or a board member; never the owner.")
    asked = recommendation.extensions.filter(decided_at__isnull=True).first()
    if asked is None:
        return _nothing_waits(request, recommendation)
    form = DecisionForm(
        request.POST or None,
        yes=f"Yes: it may take until {asked.new_due_date:%-d %B %Y}",
        no="No: the date stays as it is",
    )
    if take(
        form,
        lambda: decisions.decide_extension(
            request=asked,
            is_granted=form.is_yes,
            words=form.cleaned_data["words"],
            decided_by=request.user,
        ),
    ):
        messages.success(request, "The owner is told.")
        return redirect(recommendation)
    return form_page(
        request,
        form,
        recommendation,
        title="Decide on more time",
        summary=f"It is due on {recommendation.due_date:%-d %B %Y}.",
        button="Decide",
        asked_words=asked.reason,
        asked_by=asked.requested_by,
    )


def propose_non_acceptance(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    """The owner says why it cannot be accepted."""
    recommendation = recommendation_for(request.user, recommendation_ref)
    only_if(user_owns(request.user, recommendation), OWNER_ONLY)
    if not is_open(request, recommendation):
        return redirect(recommendation)
    form = NonAcceptanceForm(request.POST or None)
    if take(
        form,
        lambda: decisions.propose_non_acceptance(
            recommendation=recommendation, proposed_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, "A senior manager reads it and decides. Until then it stands.")
        return redirect(recommendation)
    return form_page(
        request,
        form,
        recommendation,
        title="Say that it cannot be accepted",
        summary="It stands until a senior manager has agreed with you.",
        button="Send it to a senior manager",
    )


def decide_non_acceptance(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    """A senior manager agrees that it is not accepted, or keeps it."""
    recommendation = recommendation_for(request.user, recommendation_ref)
    may = user_can_decide_non_acceptance(request.user, recommendation)
    only_if(may, "A senior manager decides, and never on what is their own.")
    asked = recommendation.non_acceptances.filter(decided_at__isnull=True).first()
    if asked is None:
        return _nothing_waits(request, recommendation)
    form = DecisionForm(
        request.POST or None,
        yes="Agree: it is not accepted, and the board's report names it",
        no="Do not agree: it stands",
    )
    if take(
        form,
        lambda: decisions.decide_non_acceptance(
            proposal=asked,
            is_approved=form.is_yes,
            words=form.cleaned_data["words"],
            decided_by=request.user,
        ),
    ):
        messages.success(request, "The owner is told.")
        return redirect(recommendation)
    return form_page(
        request,
        form,
        recommendation,
        title="Decide whether it stands",
        button="Decide",
        asked_words=asked.reason,
        asked_by=asked.proposed_by,
    )


def hand_over(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    """The lead gives it to another owner."""
    recommendation = recommendation_for(request.user, recommendation_ref)
    only_if(user_can_issue(request.user), "Only a lead does this.")
    if not is_open(request, recommendation):
        return redirect(recommendation)
    form = HandOverForm(request.POST or None)
    if take(
        form,
        lambda: handing_over.hand_over(
            recommendation=recommendation, given_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, "Both are told by e-mail.")
        return redirect(recommendation)
    return form_page(
        request,
        form,
        recommendation,
        title="Give it to another owner",
        summary=f"{recommendation.owner} sees to it now. The new owner says anew that they take it on; "
        "the due date stays, and so does what is asked.",
        button="Give it to them",
    )


def supersede(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    """The lead lets another recommendation take its place."""
    recommendation = recommendation_for(request.user, recommendation_ref)
    may = user_can_supersede(request.user, recommendation)
    only_if(may, "Only a lead does this, and never with what is their own.")
    if not is_open(request, recommendation):
        return redirect(recommendation)
    possible = Recommendation.objects.open().exclude(pk=recommendation.pk).order_by("ref")
    form = SupersedeForm(request.POST or None, possible=possible)
    if take(
        form,
        lambda: decisions.supersede(
            recommendation=recommendation, superseded_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, "The other recommendation has taken its place.")
        return redirect(recommendation)
    return form_page(
        request,
        form,
        recommendation,
        title="Let another take its place",
        button="Let it take its place",
    )


def pause(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    """The QA office stops the ladder for a while."""
    recommendation = recommendation_for(request.user, recommendation_ref)
    may = user_can_pause(request.user, recommendation)
    only_if(may, "Only the QA office pauses follow-ups, and never the owner.")
    if not is_open(request, recommendation):
        return redirect(recommendation)
    form = PauseForm(request.POST or None)
    if take(
        form,
        lambda: decisions.pause_follow_ups(
            recommendation=recommendation, paused_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, "Nobody is chased until then.")
        return redirect(recommendation)
    return form_page(
        request,
        form,
        recommendation,
        title="Pause the follow-ups",
        summary="Nobody is reminded of this recommendation while it is paused. The due date stays.",
        button="Pause",
    )


def _nothing_waits(request: HttpRequest, recommendation: Any) -> HttpResponse:
    messages.warning(request, "Nothing waits for a decision here.")
    return redirect(recommendation)
