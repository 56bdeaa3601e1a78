"""Saving while somebody writes, and saying who is where. Called by the page's script; answers are JSON.

Looks are not logged here: every save leaves a version that says who wrote and when.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.events.steps import StepNotPossible
from learning.proforma.keys import WRITTEN_ELSEWHERE
from learning.proforma.models import ProFormaSection
from learning.submissions.forms import SectionForm
from learning.submissions.grades import GradeRefused
from learning.submissions.guards import AROUND
from learning.submissions.models import AuditSubmission, SectionEntry
from learning.submissions.permissions import user_has_opened, user_is_of_pair
from learning.submissions.selectors import present_in
from learning.submissions.writing import (
    EntryConflict,
    SectionNotSkippable,
    mark_present,
    parts_of,
    save_entry,
)


@require_POST
def autosave(request: HttpRequest, submission_ref: str, section_key: str) -> HttpResponse:
    """200 with the section as it stands; 409 when both wrote the same box; 422 with a sentence."""
    submission, section = _opened(request, submission_ref, section_key)
    form = SectionForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": _sentence(form)}, status=422)
    try:
        entry = save_entry(
            submission=submission,
            section=section,
            text=form.text(),
            base_version=form.cleaned_data["base_version"],
            by=request.user,
        )
    except EntryConflict as conflict:
        return JsonResponse({"message": str(conflict)}, status=409)
    except (GradeRefused, SectionNotSkippable, StepNotPossible) as refusal:
        return JsonResponse({"message": str(refusal)}, status=422)
    return JsonResponse(_state_of(entry))


@require_POST
def be_present(request: HttpRequest, submission_ref: str, section_key: str) -> HttpResponse:
    """That this person is here; answers who else is, and the section as it stands."""
    submission, section = _opened(request, submission_ref, section_key)
    mark_present(submission=submission, section=section, person=request.user)
    others = [
        str(row.person)
        for row in present_in(submission).filter(section=section)
        if row.person_id != request.user.pk
    ]
    entry = submission.entries.filter(section=section).first()
    return JsonResponse({"present": others, **(_state_of(entry) if entry else {})})


def _opened(
    request: HttpRequest, submission_ref: str, section_key: str
) -> tuple[AuditSubmission, ProFormaSection]:
    """404 for everybody but the pair, which has opened the case; the refusal is logged."""
    visible = AuditSubmission.objects.visible_to(request.user).select_related(*AROUND)
    submission = visible.filter(case__ref=submission_ref).first()
    is_theirs = (
        submission is not None
        and user_is_of_pair(request.user, submission)
        and user_has_opened(request.user, submission)
    )
    if submission is None or not is_theirs:
        hidden = AuditSubmission.objects.filter(case__ref=submission_ref).first()
        record_access(user=request.user, action=AccessEvent.Action.REFUSED, about=hidden)
        raise Http404
    section = submission.form.sections.filter(key=section_key).first()
    if section is None or section_key in WRITTEN_ELSEWHERE:
        raise Http404
    return submission, section


def _state_of(entry: SectionEntry) -> dict[str, Any]:
    written_at = timezone.localtime(entry.written_at) if entry.written_at else None
    return {
        "version": entry.version,
        "parts": parts_of(entry),
        "saved_at": f"{written_at:%H:%M}" if written_at else "",
    }


def _sentence(form: SectionForm) -> str:
    """The first thing that stands in the way."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
