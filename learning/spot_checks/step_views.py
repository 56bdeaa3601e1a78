"""The steps of spot checks: begin, draw, give, write, urgent, finish, review, set aside; and the key."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from learning.access.doors import needs
from learning.access.matrix import Right
from learning.access.taking import (
    ask_first,
    is_its_time,
    only_if,
    posted,
    press,
    say_the_state,
    take,
)
from learning.selection.keys import KeyReason, look_up_key
from learning.spot_checks import drawing, services
from learning.spot_checks.forms import (
    CheckUrgentForm,
    GiveForm,
    KeyForm,
    ReviewForm,
    RoundForm,
    SetAsideForm,
    WriteForm,
)
from learning.spot_checks.models import SpotCheck, SpotCheckReview
from learning.spot_checks.permissions import user_can_assure, user_can_report_concern
from learning.spot_checks.reaching import check_for, crumbs, form_page, round_or_404
from learning.spot_checks.refusals import SavedMeanwhile, SpotCheckNotPossible
from learning.spot_checks.selectors import sections_shown
from learning.submissions.concerns import standing_of
from learning.submissions.forms import MoreAboutConcernForm

OWN_ONLY = "Only those who make a spot check do this."

# --- The draw --------------------------------------------------------------------------------------------


@needs(Right.DRAW_SPOT_CHECKS)
def begin(request: HttpRequest) -> HttpResponse:
    form = RoundForm(request.POST or None)
    if take(form, lambda: drawing.promise_round(promised_by=request.user, **form.cleaned_data)):
        cycle = form.cleaned_data["cycle"]
        return redirect(cycle.spot_check_rounds.order_by("-pk")[0])
    return form_page(
        request,
        form,
        title="Begin a round of spot checks",
        text="The seed of the draw is fixed at once, and nobody can change it. Then you draw, from the list "
        "of cases that was loaded last.",
        button="Fix the seed",
    )


@require_POST
@needs(Right.DRAW_SPOT_CHECKS)
def draw(request: HttpRequest, round_ref: str) -> HttpResponse:
    promised = round_or_404(round_ref)
    return press(
        request,
        promised,
        lambda: drawing.draw_round(promised=promised, drawn_by=request.user),
        "The cases are drawn. Now choose who looks at each.",
    )


# --- One check -------------------------------------------------------------------------------------------


@needs(Right.DRAW_SPOT_CHECKS)
def give(request: HttpRequest, check_ref: str) -> HttpResponse:
    check = check_for(request.user, check_ref)
    if not is_its_time(request, check, "finish"):
        return redirect(check)
    initial = {"auditors": [one.pk for one in check.auditors.all()]}
    form = GiveForm(request.POST or None, check=check, initial=initial)
    if take(form, lambda: services.give(check=check, given_by=request.user, **form.cleaned_data)):
        messages.success(request, "They are told by e-mail.")
        return redirect(check)
    return form_page(request, form, check, title=f"Who makes {check.ref}?", button="Ask them")


def write(request: HttpRequest, check_ref: str) -> HttpResponse:
    check = _own(request, check_ref)
    if not is_its_time(request, check, "finish"):
        return redirect(check)
    form = WriteForm(request.POST or None, check=check)
    if form.is_valid():
        try:
            services.write(
                check=check,
                written=form.written(),
                version=form.cleaned_data["version"],
                written_by=request.user,
            )
        except SavedMeanwhile:
            return _both_texts(request, check, form)
        except SpotCheckNotPossible as refusal:
            form.add_error(None, refusal.missing or str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect("spot_checks:write", check.ref)
    return _write_page(request, check, form)


def _write_page(request: HttpRequest, check: SpotCheck, form: Any, **more: Any) -> HttpResponse:
    context = {"check": check, "form": form, "breadcrumbs": crumbs(check), **more}
    status = 422 if form.errors or more else 200
    return render(request, "learning/spot_checks/write.html", context, status=status)


def _both_texts(request: HttpRequest, check: SpotCheck, form: Any) -> HttpResponse:
    """What was typed, in the form, and beside it what the other has saved; the next save is on top of that."""
    fresh = SpotCheck.objects.get(pk=check.pk)
    form.data = form.data.copy()
    form.data["version"] = str(fresh.version)
    return _write_page(request, check, form, theirs=sections_shown(fresh, with_hints=False))


def urgent(request: HttpRequest, check_ref: str) -> HttpResponse:
    check = _own(request, check_ref)
    if not user_can_report_concern(request.user, check):
        say_the_state(request, check)
        return redirect(check)
    is_known = bool(check.has_immediate_concern)
    form = (MoreAboutConcernForm if is_known else CheckUrgentForm)(posted(request))
    if take(form, lambda: _answered(request, check, form)):
        messages.success(request, "Your answer is kept.")
        return redirect(check)
    return form_page(
        request,
        form,
        check,
        title="Immediate concern?",
        button="Add it" if is_known else "Keep this answer",
        standing=standing_of(check, request.user),
        template="learning/spot_checks/urgent.html",
    )


def _answered(request: HttpRequest, check: SpotCheck, form: Any) -> SpotCheck:
    """Once there is a yes, what is sent are more words about it."""
    answer = {"is_concern": True} | form.cleaned_data
    return services.answer_urgent_question(check=check, answered_by=request.user, **answer)


def finish(request: HttpRequest, check_ref: str) -> HttpResponse:
    check = _own(request, check_ref)
    if not is_its_time(request, check, "finish"):
        return redirect(check)
    if request.method == "POST":
        return press(
            request,
            check,
            lambda: services.finish(check=check, finished_by=request.user),
            "Thank you. It is with the lead now.",
        )
    if missing := services.missing_to_finish(check):
        context = {"check": check, "missing": missing, "breadcrumbs": crumbs(check)}
        return render(request, "learning/spot_checks/not_yet.html", context)
    return ask_first(
        request,
        crumbs(check),
        title="Is it done?",
        text="The lead reads it then. You can write in it again only if it is sent back to you.",
        confirm_label="It is done",
    )


@needs(Right.ASSURE_SPOT_CHECK)
def review(request: HttpRequest, check_ref: str) -> HttpResponse:
    check = check_for(request.user, check_ref)
    only_if(user_can_assure(request.user, check), "A lead who did not make it does this.")
    if not is_its_time(request, check, "sign_off"):
        return redirect(check)
    form = ReviewForm(request.POST or None)
    if take(form, lambda: _reviewed(request, check, form)):
        messages.success(request, "It is kept as you say.")
        return redirect(check)
    return form_page(request, form, check, title=f"What comes of {check.ref}?", button="Keep it")


def _reviewed(request: HttpRequest, check: SpotCheck, form: ReviewForm) -> SpotCheck:
    is_back = form.cleaned_data["outcome"] == SpotCheckReview.Outcome.RETURNED
    step = services.send_back if is_back else services.sign_off
    return step(check=check, reviewer=request.user, words=form.cleaned_data["words"])


@needs(Right.DRAW_SPOT_CHECKS)
def set_aside(request: HttpRequest, check_ref: str) -> HttpResponse:
    check = check_for(request.user, check_ref)
    if not is_its_time(request, check, "set_aside"):
        return redirect(check)
    form = SetAsideForm(request.POST or None)
    if take(
        form,
        lambda: services.set_aside(check=check, set_aside_by=request.user, **form.cleaned_data),
    ):
        messages.success(request, "It is set aside.")
        return redirect(check)
    return form_page(
        request,
        form,
        check,
        title=f"Set {check.ref} aside?",
        text="It is not made then, and this cannot be taken back.",
        button="Set it aside",
    )


@needs(Right.CASE_KEY)
def look_up(request: HttpRequest, check_ref: str) -> HttpResponse:
    """The council's number, once, with a reason; each look is logged."""
    check = check_for(request.user, check_ref)
    form, number = KeyForm(request.POST or None), ""
    if form.is_valid():
        reason = KeyReason(form.cleaned_data["reason"])
        number = look_up_key(case=check, looked_up_by=request.user, reason=reason)
    context = {"check": check, "form": form, "number": number, "breadcrumbs": crumbs(check)}
    status = 422 if form.errors else 200
    return render(request, "learning/spot_checks/key.html", context, status=status)


def _own(request: HttpRequest, ref: str) -> SpotCheck:
    """The check, for those who make it."""
    check = check_for(request.user, ref)
    only_if(check.is_made_by(request.user), OWN_ONLY)
    return check
