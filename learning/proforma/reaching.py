"""How the pages of this room find a version and its sections, and show a form."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from learning.access.taking import form_answer
from learning.proforma.models import ProFormaSection, ProFormaVersion


def version_or_404(ref: str) -> ProFormaVersion:
    """`practice_audit-2`."""
    kind, _, number = ref.rpartition("-")
    if not number.isdecimal() or len(number) > 4:
        raise Http404("No version has this reference.")
    versions = ProFormaVersion.objects.select_related("created_by")
    return get_object_or_404(versions, kind=kind, number=int(number))


def section_or_404(version: ProFormaVersion, key: str) -> ProFormaSection:
    sections = version.sections.select_related("version").prefetch_related("areas")
    return get_object_or_404(sections, key=key)


def crumbs(*versions: ProFormaVersion) -> list[dict[str, str]]:
    """The way from home to a page about these."""
    trail = [
        {"title": "Home", "url": "/"},
        {"title": "Audits", "url": reverse("programme:list")},
        {"title": "Forms", "url": reverse("proforma:list")},
    ]
    return trail + [{"title": str(row), "url": row.get_absolute_url()} for row in versions]


def form_page(
    request: HttpRequest, form: Any, version: ProFormaVersion | None, **words: Any
) -> HttpResponse:
    """The page with the form of one step; 422 when something stands in the way."""
    about = [version] if version else []
    back = version.get_absolute_url() if version else reverse("proforma:list")
    context = {"form": form, "cancel_url": back, "breadcrumbs": crumbs(*about), **words}
    template = words.get("template", "learning/form.html")
    return form_answer(request, template, context)
