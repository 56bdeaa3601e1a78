"""Reading and sharing evidence notes on the portal. What is missing and what is refused look the same."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.evidence.forms import GrantForm
from learning.evidence.models import EvidenceNote, EvidenceNoteGrant
from learning.evidence.permissions import user_can_write_evidence_notes
from learning.evidence.services import grant_evidence_note, revoke_evidence_note


def _note_for(request: HttpRequest, note_id: int) -> EvidenceNote:
    """The note, if this person may read it; each look and each refusal is logged."""
    note = EvidenceNote.objects.visible_to(request.user).filter(pk=note_id).first()
    if note is None:
        record_access(
            user=request.user,
            action=AccessEvent.Action.REFUSED,
            about=EvidenceNote.objects.filter(pk=note_id).first(),
        )
        raise Http404
    record_access(user=request.user, action=AccessEvent.Action.VIEWED, about=note)
    return note


def show_note(request: HttpRequest, note_id: int) -> HttpResponse:
    note = _note_for(request, note_id)
    may_share = user_can_write_evidence_notes(request.user)
    context: dict[str, Any] = {"note": note, "may_share": may_share}
    if may_share:
        context["grants"] = note.evidencenotegrant_set.select_related("user", "granted_by")
        context["form"] = GrantForm()
    return render(request, "learning/evidence/note.html", context)


@require_POST
def share_note(request: HttpRequest, note_id: int) -> HttpResponse:
    note = _note_for(request, note_id)
    if not user_can_write_evidence_notes(request.user):
        raise Http404
    form = GrantForm(request.POST)
    if not form.is_valid():
        grants = note.evidencenotegrant_set.select_related("user", "granted_by")
        context = {"note": note, "may_share": True, "grants": grants, "form": form}
        return render(request, "learning/evidence/note.html", context, status=422)
    grant = grant_evidence_note(
        note=note,
        person=form.cleaned_data["user"],
        reason=form.cleaned_data["reason"],
        expires_at=form.cleaned_data["expires_at"],
        granted_by=request.user,
    )
    messages.success(request, f"{grant.user} may now read this note.")
    return redirect("evidence:note", note_id=note.pk)


@require_POST
def unshare_note(request: HttpRequest, note_id: int, grant_id: int) -> HttpResponse:
    note = _note_for(request, note_id)
    if not user_can_write_evidence_notes(request.user):
        raise Http404
    grant = get_object_or_404(EvidenceNoteGrant, pk=grant_id, content_object=note)
    revoke_evidence_note(grant=grant, revoked_by=request.user)
    messages.success(request, f"{grant.user} can no longer read this note.")
    return redirect("evidence:note", note_id=note.pk)
