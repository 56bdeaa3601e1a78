"""The header of an audit: age and time open as bands, and what was read (domain.md D1)."""

from typing import Any

from django.db import transaction

from learning.events.services import record_event
from learning.submissions.models import AuditSubmission
from learning.submissions.together import refuse_unless_seen
from learning.submissions.writing import writable

HEADER = ("age_band", "months_open", "sources_read")


def header_of(submission: AuditSubmission) -> dict[str, Any]:
    """What the header says now, by field."""
    return {name: getattr(submission, name) for name in HEADER}


@transaction.atomic
def describe_case(
    *,
    submission: AuditSubmission,
    age_band: str,
    months_open: str,
    sources_read: list[str],
    by: Any,
    seen: str | None = None,
) -> AuditSubmission:
    """The submission with its header. Readers of the audit see it; no page and no figure is made of it, since
    a band beside a team or an area of work can point to one child.

    `seen` is the mark of what `by` saw; when the other of the pair has saved since, `SavedMeanwhile` is raised.
    """
    locked = writable(submission, by)
    mine = {"age_band": age_band, "months_open": months_open, "sources_read": sources_read}
    refuse_unless_seen(header_of(locked), mine, seen)
    locked.age_band, locked.months_open, locked.sources_read = age_band, months_open, sources_read
    locked.save(update_fields=HEADER)
    record_event(actor=by, action="auditsubmission.described", about=locked)
    return locked
