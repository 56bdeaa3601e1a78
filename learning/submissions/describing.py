"""The header of an audit: age and time open as bands, and what was read (domain.md D1)."""

from typing import Any

from django.db import transaction

from learning.events.services import record_event
from learning.submissions.models import AuditSubmission
from learning.submissions.writing import writable


@transaction.atomic
def describe_case(
    *,
    submission: AuditSubmission,
    age_band: str,
    months_open: str,
    sources_read: list[str],
    by: Any,
) -> AuditSubmission:
    """The submission with its header. Readers of the audit see it; no page and no figure is made of it, since
    a band beside a team or an area of work can point to one child."""
    locked = writable(submission, by)
    locked.age_band, locked.months_open, locked.sources_read = age_band, months_open, sources_read
    locked.save(update_fields=["age_band", "months_open", "sources_read"])
    record_event(actor=by, action="auditsubmission.described", about=locked)
    return locked
