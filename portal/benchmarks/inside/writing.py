"""Two auditors who write about one case at once: who they are, and what each of them sends."""

from typing import Any

from django.test import Client
from django.urls import reverse

from learning.people.models import StaffMember
from learning.submissions.models import AuditSubmission, SectionEntry
from learning.submissions.permissions import user_has_opened
from learning.submissions.selectors import section_rows
from learning.submissions.states import SubmissionState
from portal.benchmarks.inside.corpus import own_sentences
from portal.benchmarks.inside.readers import cookie_of

WORDS_A_BOX = 220
"""A box as pairs fill it; a section has five."""


def look_at_writers() -> list[dict[str, Any]]:
    """For both of a pair: the cookie, where they save a section of their own, and what they write there."""
    submission = _being_written()
    sections = [row for row in section_rows(submission) if not row.is_elsewhere]
    return [
        _writer(submission, person, row, number)
        for number, (person, row) in enumerate(zip(_pair_of(submission), sections, strict=False))
    ]


def _being_written() -> AuditSubmission:
    """The first audit that both of a pair have opened and read now."""
    reading = AuditSubmission.objects.filter(state=SubmissionState.READING)
    submission = reading.select_related("case__area", "case__pair", "form").earliest("case__ref")
    assert all(user_has_opened(person, submission) for person in _pair_of(submission))
    return submission


def _pair_of(submission: AuditSubmission) -> list[Any]:
    pair = submission.case.pair
    return pair.people if pair else []


def _writer(
    submission: AuditSubmission, person: StaffMember, row: Any, number: int
) -> dict[str, Any]:
    path = reverse("submissions:autosave", args=[submission.case.ref, row.section.key])
    return {
        "cookie": _cookie_of(person),
        "path": path,
        "version": row.entry.version if row.entry else 0,
        "boxes": {name: _words(number + place) for place, name in enumerate(SectionEntry.BOXES)},
    }


def _cookie_of(person: StaffMember) -> str:
    client = Client(SERVER_NAME="localhost")
    client.force_login(person, backend="learning.people.accounts.StaffBackend")
    return cookie_of(client)


def _words(start: int) -> str:
    """So many words of the borough's own sentences."""
    words = " ".join(own_sentences()).split()
    return " ".join(words[start * WORDS_A_BOX : (start + 1) * WORDS_A_BOX])
