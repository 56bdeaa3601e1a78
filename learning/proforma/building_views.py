"""The pages on which a version is built: its sections, their words, their order."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from learning.access.doors import needs
from learning.access.matrix import Right
from learning.access.taking import ask_first, say_what_came, take
from learning.proforma import building
from learning.proforma.building import fingerprint
from learning.proforma.forms import BringBackForm, SectionForm
from learning.proforma.models import ProFormaSection, ProFormaVersion
from learning.proforma.reaching import crumbs, form_page, section_or_404, version_or_404

SECTION_TEMPLATE = "learning/proforma/section.html"


@needs(Right.KEEP_FORMS)
def add(request: HttpRequest, form_ref: str) -> HttpResponse:
    version = version_or_404(form_ref)
    if version.is_fixed:
        return _say_it_is_fixed(request, version)
    form = SectionForm(request.POST or None, version=version)
    if take(
        form,
        lambda: building.add_section(
            version=version,
            words=form.words(),
            after=form.cleaned_data["after"],
            added_by=request.user,
        ),
    ):
        messages.success(request, f"“{form.cleaned_data['title']}” is in the form.")
        return redirect(version)
    return form_page(
        request,
        form,
        version,
        title="Add a section",
        text=f"To {version}. Every section has the same five boxes for words, and no other kind of field.",
        button="Add it",
        template=SECTION_TEMPLATE,
    )


@needs(Right.KEEP_FORMS)
def bring_back(request: HttpRequest, form_ref: str) -> HttpResponse:
    version = version_or_404(form_ref)
    if version.is_fixed:
        return _say_it_is_fixed(request, version)
    form = BringBackForm(request.POST or None, version=version)
    if take(
        form,
        lambda: building.bring_back(version=version, brought_by=request.user, **form.cleaned_data),
    ):
        messages.success(request, f"“{form.cleaned_data['section']}” is back, at the end.")
        return redirect(version)
    return form_page(
        request,
        form,
        version,
        title="Bring a section back",
        text="Sections that another version of this form has, and this one has not.",
        button="Bring it back",
    )


@needs(Right.KEEP_FORMS)
def change(request: HttpRequest, form_ref: str, form_section: str) -> HttpResponse:
    version = version_or_404(form_ref)
    section = section_or_404(version, form_section)
    if version.is_fixed:
        return _say_it_is_fixed(request, version)
    now = fingerprint(section)
    form = SectionForm(request.POST or None, version=version, section=section)
    if take(form, lambda: _change(form, section, request)):
        messages.success(request, f"“{form.cleaned_data['title']}” is saved.")
        return _back_to(section)
    return form_page(
        request,
        _to_save_again(form, section, request),
        version,
        title=section.title,
        text=f"{version}. {section.why_kept}",
        button="Save",
        section=section,
        is_changed_meanwhile=request.POST.get("seen", now) != now,
        template=SECTION_TEMPLATE,
    )


def _change(form: SectionForm, section: ProFormaSection, request: HttpRequest) -> None:
    building.change_section(
        section=section,
        words=form.words(),
        after=form.cleaned_data.get("after", ""),
        seen=form.cleaned_data["seen"],
        changed_by=request.user,
    )


def _to_save_again(
    form: SectionForm, section: ProFormaSection, request: HttpRequest
) -> SectionForm:
    """The next time it is saved, it is saved over what the page shows now."""
    if form.is_bound:
        typed = request.POST.copy()
        typed["seen"] = fingerprint(section)
        form.data = typed
    return form


@require_POST
@needs(Right.KEEP_FORMS)
def move(request: HttpRequest, form_ref: str, form_section: str) -> HttpResponse:
    section = section_or_404(version_or_404(form_ref), form_section)
    up = request.POST.get("to") == "up"
    say_what_came(
        request,
        lambda: building.move_section(section=section, up=up, moved_by=request.user),
        f"“{section.title}” stands one place {'higher' if up else 'lower'}.",
    )
    return _back_to(section)


@needs(Right.KEEP_FORMS)
def remove(request: HttpRequest, form_ref: str, form_section: str) -> HttpResponse:
    version = version_or_404(form_ref)
    section = section_or_404(version, form_section)
    if request.method == "POST":
        say_what_came(
            request,
            lambda: building.remove_section(section=section, removed_by=request.user),
            f"“{section.title}” is out of {version}.",
        )
        return redirect(version)
    return ask_first(
        request,
        crumbs(version),
        title=f"Take “{section.title}” out of the form?",
        text="Other versions keep it, and it can be brought back from them with the words it has there.",
        confirm_label="Take it out",
        danger=True,
    )


def _back_to(section: ProFormaSection) -> HttpResponse:
    """The version, at this section: who moves it three places need not look for it three times."""
    url = reverse("proforma:show", args=[section.version.ref])
    return redirect(f"{url}#{section.key}")


def _say_it_is_fixed(request: HttpRequest, version: ProFormaVersion) -> HttpResponse:
    """Somebody opened the page of a step, or sent its form, for a version that an audit uses."""
    messages.error(
        request,
        f"{version} is in use, and stays as it is. Make a new version from it, and change that one.",
    )
    return redirect(version)
