"""The pages of a version's steps: make a new one, offer it, take that back, throw it away, choose it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from learning.access.doors import needs
from learning.access.matrix import Right
from learning.access.taking import ask_first, press, take
from learning.events.refusals import Refusal
from learning.proforma import services
from learning.proforma.forms import CycleFormsForm, NoteForm
from learning.proforma.reaching import crumbs, form_page, version_or_404
from learning.proforma.selectors import forms_of
from learning.programme.guards import cycle_or_404


@needs(Right.KEEP_FORMS)
def make_new_version(request: HttpRequest, form_ref: str) -> HttpResponse:
    version = version_or_404(form_ref)
    form = NoteForm(request.POST or None)
    if form.is_valid():
        made = services.new_version(version=version, made_by=request.user, **form.cleaned_data)
        messages.success(
            request, f"This is {made}: a copy that you can change. Nobody uses it yet."
        )
        return redirect(made)
    return form_page(
        request,
        form,
        version,
        title="Make a new version",
        text=f"It begins as a copy of {version}. That one stays as it is.",
        button="Make it",
    )


@needs(Right.KEEP_FORMS)
def offer(request: HttpRequest, form_ref: str) -> HttpResponse:
    version = version_or_404(form_ref)
    if request.method == "POST":
        return press(
            request,
            version,
            lambda: services.offer(version=version, offered_by=request.user),
            "New cycles take it from now on, where no other was chosen.",
        )
    return ask_first(
        request,
        crumbs(version),
        title=f"Let new cycles take {version}?",
        text="Each cycle whose audits have not begun takes it, where no other version was chosen for it. "
        "You can take this back until the first audit uses it; then it stays as it is for good.",
        confirm_label="Let them take it",
    )


@needs(Right.KEEP_FORMS)
def take_back(request: HttpRequest, form_ref: str) -> HttpResponse:
    version = version_or_404(form_ref)
    if request.method == "POST":
        return press(
            request,
            version,
            lambda: services.take_back_offer(version=version, taken_back_by=request.user),
            "It is a draft again. New cycles take the version before it.",
        )
    return ask_first(
        request,
        crumbs(version),
        title=f"Make {version} a draft again?",
        text="New cycles then take the newest of the other versions.",
        confirm_label="Make it a draft",
    )


@needs(Right.KEEP_FORMS)
def throw_away(request: HttpRequest, form_ref: str) -> HttpResponse:
    version = version_or_404(form_ref)
    if request.method != "POST":
        return ask_first(
            request,
            crumbs(version),
            title=f"Throw {version} away?",
            text="Its sections go with it, and cannot be got back. Other versions stay.",
            confirm_label="Throw it away",
            danger=True,
        )
    try:
        services.throw_away(version=version, thrown_away_by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(version)
    messages.success(request, f"{version} is gone.")
    return redirect("proforma:list")


@needs(Right.KEEP_FORMS)
def choose_for_cycle(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    found = forms_of(cycle)
    form = CycleFormsForm(request.POST or None, forms_of_cycle=found)
    if take(
        form,
        lambda: services.choose_all_for_cycle(
            cycle=cycle, versions=form.chosen(), chosen_by=request.user
        ),
    ):
        messages.success(request, f"The forms of {cycle} are chosen.")
        return redirect("proforma:list")
    return form_page(
        request,
        form,
        None,
        title=f"The forms of {cycle}",
        text="All audits of one kind in a cycle take the same version, so that they can be read side by side.",
        button="Keep this choice",
        used=[row for row in found if row.is_used],
        cancel_url=cycle.get_absolute_url(),
        template="learning/proforma/choose.html",
    )
