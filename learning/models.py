"""Re-exports the rooms' models for Django; each stands in the room that its subject names."""

from learning.access.models import AccessEvent
from learning.disclosure.models import CaseNumberShape, LocalPlace
from learning.events.models import Event
from learning.evidence.models import EvidenceNote, EvidenceNoteGrant
from learning.people.models import StaffMember, Team
from learning.proforma.models import ProFormaSection, ProFormaVersion
from learning.programme.models import (
    Acknowledgement,
    AuditCycle,
    AuditDay,
    AuditorExpression,
    AuditorReadiness,
    AuditPair,
    AuditProgramme,
    AuditTeamMember,
    ConflictDeclaration,
    CountdownTask,
    CycleFocus,
    PreparationReview,
    TimetableEntry,
)
from learning.programme.settings import AuditSettings
from learning.recommendations.decision_models import ExtensionRequest, NonAcceptance
from learning.recommendations.follow_up_models import FollowUp, FollowUpMessage, FollowUpPause
from learning.recommendations.models import (
    CompletionConfirmation,
    Recommendation,
    RecommendationUpdate,
    Verification,
)
from learning.selection.models import (
    AttendanceConfirmation,
    CaseFrame,
    CaseKey,
    FrameCase,
    RecordingConfirmation,
    SampledCase,
    SelectionDraw,
)
from learning.submissions.models import (
    Addendum,
    AuditSubmission,
    Conversation,
    ConversationQuestion,
    EntryVersion,
    EvaluativeStatement,
    OpeningStatement,
    QualityAssuranceReview,
    RecordingGap,
    SectionEntry,
    SectionPresence,
    SubmissionGrant,
    SubmitConfirmation,
    WorkerReply,
)
from learning.vocabulary.models import AreaOfWork, GlossaryTerm, PracticeStandard, Theme

__all__ = [
    "AccessEvent",
    "Acknowledgement",
    "Addendum",
    "AreaOfWork",
    "AttendanceConfirmation",
    "AuditCycle",
    "AuditDay",
    "AuditPair",
    "AuditProgramme",
    "AuditSettings",
    "AuditSubmission",
    "AuditTeamMember",
    "AuditorExpression",
    "AuditorReadiness",
    "CaseFrame",
    "CaseKey",
    "CaseNumberShape",
    "CompletionConfirmation",
    "ConflictDeclaration",
    "Conversation",
    "ConversationQuestion",
    "CountdownTask",
    "CycleFocus",
    "EntryVersion",
    "EvaluativeStatement",
    "Event",
    "EvidenceNote",
    "EvidenceNoteGrant",
    "ExtensionRequest",
    "FollowUp",
    "FollowUpMessage",
    "FollowUpPause",
    "FrameCase",
    "GlossaryTerm",
    "LocalPlace",
    "NonAcceptance",
    "OpeningStatement",
    "PracticeStandard",
    "PreparationReview",
    "ProFormaSection",
    "ProFormaVersion",
    "QualityAssuranceReview",
    "Recommendation",
    "RecommendationUpdate",
    "RecordingConfirmation",
    "RecordingGap",
    "SampledCase",
    "SectionEntry",
    "SectionPresence",
    "SelectionDraw",
    "StaffMember",
    "SubmissionGrant",
    "SubmitConfirmation",
    "Team",
    "Theme",
    "TimetableEntry",
    "Verification",
    "WorkerReply",
]
