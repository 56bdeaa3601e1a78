"""Re-exports the rooms' models for Django; each stands in the room that its subject names."""

from learning.access.models import AccessEvent
from learning.events.models import Event
from learning.evidence.models import EvidenceNote, EvidenceNoteGrant
from learning.people.models import StaffMember, Team
from learning.vocabulary.models import AreaOfWork, GlossaryTerm, PracticeStandard, Theme

__all__ = [
    "AccessEvent",
    "AreaOfWork",
    "Event",
    "EvidenceNote",
    "EvidenceNoteGrant",
    "GlossaryTerm",
    "PracticeStandard",
    "StaffMember",
    "Team",
    "Theme",
]
