"""The pages of the steps: draft, issue, take on, write, confirm, verify, close."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from learning.access.taking import is_its_time, only_if, press, take
from learning.recommendations import drafting, services
from learning.recommendations.forms import (
    ConfirmForm,
    DraftForm,
    IssueForm,
    UpdateForm,
    VerifyForm,
)
from learning.recommendations.permissions import (
    user_can_change_draft,
    user_can_issue,
    user_can_verify,
    user_owns,
)
from learning.recommendations.reaching import crumbs, form_page, recommendation_for
from learning.recommendations.refusals import DraftNotPossible
from learning.submissions.guards import submission_for
from learning.submissions.selectors import themes_stated_in
from learning.submissions.wording import marks_in

OWNER_ONLY = "Only the owner of a recommendation does this."
VERIFIERS_ONLY = "A lead or QA officer verifies, and never what is their own."
LEAD_ONLY = "Only a lead does this."


def draft(request: HttpRequest, submission_ref: str) -> HttpResponse:
    """A recommendation out of one audit, by its pair or the lead."""
    submission = submission_for(request.user, submission_ref)
    try:
        drafting.check_drafting_from(submission, request.user)
    except DraftNotPossible as refusal:
        messages.warning(request, str(refusal))
        return redirect("recommendations:register")
    form = DraftForm(request.POST or None, of_one_case=True, likely=themes_stated_in(submission))
    if form.is_valid():
        recommendation = drafting.draft_recommendation(
            drafted_by=request.user,
            cycle=submission.case.cycle,
            submission=submission,
            **form.cleaned_data,
        )
        messages.success(request, f"{recommendation.ref} is drafted. The lead reads and issues it.")
        return redirect(recommendation)
    return form_page(
        request,
        form,
        None,
        title="Draft a recommendation",
        summary=f"Out of {submission}. It can change until the lead issues it.",
        button="Save the draft",
    )


def change(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    recommendation = recommendation_for(request.user, recommendation_ref)
    only_if(user_can_change_draft(request.user, recommendation), "This draft is not yours.")
    if not is_its_time(request, recommendation, "issue"):
        return redirect(recommendation)
    form = DraftForm(
        request.POST or None,
        instance=recommendation,
        of_one_case=recommendation.submission is not None,
        likely=themes_stated_in(recommendation.submission) if recommendation.submission else [],
    )
    if take(
        form,
        lambda: drafting.change_draft(
            recommendation=recommendation, changed_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, "The draft is changed.")
        return redirect(recommendation)
    return form_page(request, form, recommendation, title="Change the draft", button="Save")


def discard(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    recommendation = recommendation_for(request.user, recommendation_ref)
    only_if(user_can_change_draft(request.user, recommendation), "This draft is not yours.")
    if not is_its_time(request, recommendation, "issue"):
        return redirect(recommendation)
    if request.method == "POST":
        drafting.discard_draft(recommendation=recommendation, discarded_by=request.user)
        messages.success(request, f"The draft {recommendation.ref} is discarded.")
        return redirect("recommendations:register")
    context = {"recommendation": recommendation, "breadcrumbs": crumbs(recommendation)}
    return render(request, "learning/recommendations/discard.html", context)


def issue(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    recommendation = recommendation_for(request.user, recommendation_ref)
    only_if(user_can_issue(request.user), LEAD_ONLY)
    if not is_its_time(request, recommendation, "issue"):
        return redirect(recommendation)
    initial = {"owner": recommendation.owner_id, "due_date": recommendation.due_date}
    form = IssueForm(request.POST or None, initial=initial)
    if take(
        form,
        lambda: drafting.issue_recommendation(
            recommendation=recommendation, issued_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, "It is issued. The owner is told by e-mail.")
        return redirect(recommendation)
    return form_page(
        request,
        form,
        recommendation,
        title="Issue this recommendation",
        summary="From now on its words stay as they are, and so does this due date. More time can be "
        "granted later; both dates are then shown.",
        button="Issue it",
        hints=marks_in(recommendation.texts),
    )


@require_POST
def take_on(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    recommendation = recommendation_for(request.user, recommendation_ref)
    return press(
        request,
        recommendation,
        lambda: services.acknowledge(recommendation=recommendation, acknowledged_by=request.user),
        "Thank you. Write how it goes whenever there is something to say, and confirm when it is done.",
    )


def update(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    recommendation = recommendation_for(request.user, recommendation_ref)
    only_if(user_owns(request.user, recommendation), OWNER_ONLY)
    if not is_its_time(request, recommendation, "confirm_completion"):
        return redirect(recommendation)
    form = UpdateForm(request.POST or None)
    if take(
        form,
        lambda: services.write_update(
            recommendation=recommendation, written_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, "Your note is kept.")
        return redirect(recommendation)
    return form_page(
        request,
        form,
        recommendation,
        title="How it is going",
        summary="A note stays as it was written. To put something right, write another.",
        button="Keep this note",
    )


def confirm(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    recommendation = recommendation_for(request.user, recommendation_ref)
    only_if(user_owns(request.user, recommendation), OWNER_ONLY)
    if not is_its_time(request, recommendation, "confirm_completion"):
        return redirect(recommendation)
    form = ConfirmForm(request.POST or None)
    if take(
        form,
        lambda: services.confirm_completion(
            recommendation=recommendation, confirmed_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(
            request, "Your statement is with the QA office. Somebody there reads and verifies it."
        )
        return redirect(recommendation)
    return form_page(
        request,
        form,
        recommendation,
        title="Confirm in writing",
        summary="Three short answers and your name. What you write stays as it is.",
        button="Confirm that it is done",
    )


def verify(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    recommendation = recommendation_for(request.user, recommendation_ref)
    only_if(user_can_verify(request.user, recommendation), VERIFIERS_ONLY)
    if not is_its_time(request, recommendation, "send_back"):
        return redirect(recommendation)
    form = VerifyForm(request.POST or None)
    if take(
        form,
        lambda: services.answer_confirmation(
            recommendation=recommendation,
            answered_by=request.user,
            is_accepted=form.is_accepted,
            words=form.cleaned_data["words"],
        ),
    ):
        messages.success(request, "The owner is told.")
        return redirect(recommendation)
    return form_page(
        request,
        form,
        recommendation,
        title="Verify the statement",
        summary="Look at what is said to show it before you answer.",
        button="Answer",
        confirmation=recommendation.latest_confirmation,
    )


@require_POST
def close(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    recommendation = recommendation_for(request.user, recommendation_ref)
    return press(
        request,
        recommendation,
        lambda: services.close(recommendation=recommendation, closed_by=request.user),
        "It is closed.",
    )
