"""The forms: every version, one of them, what auditors will see, and what changed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from learning.access.doors import needs
from learning.access.matrix import Right
from learning.proforma.comparing import compare
from learning.proforma.models import ProFormaVersion
from learning.proforma.reaching import crumbs, version_or_404
from learning.proforma.rules import missing_from
from learning.proforma.selectors import (
    every_form,
    forms_of_cycles,
    sections_for,
    sections_to_bring_back,
)
from learning.proforma.showing import boxes
from learning.vocabulary.models import AreaOfWork


@needs(Right.KEEP_FORMS)
def list_forms(request: HttpRequest) -> HttpResponse:
    context = {
        "kinds": every_form(),
        "cycles": forms_of_cycles(),
        "breadcrumbs": crumbs()[:-1],
    }
    return render(request, "learning/proforma/list.html", context)


@needs(Right.KEEP_FORMS)
def show_version(request: HttpRequest, form_ref: str) -> HttpResponse:
    version = version_or_404(form_ref)
    context = {
        "version": version,
        "sections": version.sections.prefetch_related("areas"),
        "choices": version.choices.select_related("cycle"),
        "missing": [] if version.is_fixed else missing_from(version),
        "may_bring_back": not version.is_fixed and sections_to_bring_back(version).exists(),
        "earlier": _earlier(version),
        "breadcrumbs": crumbs(),
    }
    return render(request, "learning/proforma/version.html", context)


def _earlier(version: ProFormaVersion) -> ProFormaVersion | None:
    same = ProFormaVersion.objects.filter(kind=version.kind, number__lt=version.number)
    return same.order_by("-number").first()


@needs(Right.KEEP_FORMS)
def preview(request: HttpRequest, form_ref: str) -> HttpResponse:
    """The sections for one area of work; or one of them, with its boxes."""
    version = version_or_404(form_ref)
    areas = list(AreaOfWork.objects.filter(is_active=True))
    area = next((row for row in areas if row.code == request.GET.get("area")), areas[0])
    sections = sections_for(version, area)
    chosen = next((row for row in sections if row.key == request.GET.get("section")), None)
    context: dict[str, Any] = {
        "version": version,
        "areas": areas,
        "area": area,
        "sections": sections,
        "section": chosen,
        "boxes": boxes() if chosen and not chosen.has_own_page else [],
        "breadcrumbs": crumbs(version),
    }
    return render(request, "learning/proforma/preview.html", context)


@needs(Right.KEEP_FORMS)
def show_comparison(request: HttpRequest, form_ref: str) -> HttpResponse:
    """With the version that `?with=` names; else with the one before it."""
    version = version_or_404(form_ref)
    others = list(ProFormaVersion.objects.filter(kind=version.kind).exclude(pk=version.pk))
    asked = request.GET.get("with", "")
    other = next((row for row in others if row.ref == asked), None) or _earlier(version)
    context = {
        "version": version,
        "other": other,
        "others": others,
        "comparison": compare(other, version) if other else None,
        "breadcrumbs": crumbs(version),
    }
    return render(request, "learning/proforma/compare.html", context)
