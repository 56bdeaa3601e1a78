"""Re-exports the rooms' models for Django; each stands in the room that its subject names."""

from learning.access.models import AccessEvent
from learning.disclosure.models import CaseNumberShape, LocalPlace
from learning.escalations.models import (
    Escalation,
    EscalationAlert,
    EscalationHandover,
    EscalationNote,
)
from learning.events.models import Event
from learning.evidence.models import PageEvidence
from learning.feedback.models import (
    AgreedQuote,
    ContactTry,
    FamilyFeedback,
    FeedbackAnswer,
    FeedbackTheme,
    SafetyCheck,
)
from learning.hours.models import LoggedHours
from learning.impact.models import ImpactAssessment, ImpactTest, SystemChange
from learning.letters.models import GoodPracticeLetter
from learning.openings.models import Opening, OpeningLook
from learning.people.models import StaffMember, Team
from learning.plenaries.models import (
    NothingToRecommend,
    PlenaryAddendum,
    PlenaryNote,
    PlenaryVersion,
)
from learning.process_review.models import (
    ProcessChange,
    ProcessDecision,
    ProcessReview,
    ReviewAnswer,
    ReviewInvitation,
    ReviewRound,
)
from learning.proforma.models import CycleForm, ProFormaSection, ProFormaVersion
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
from learning.recommendations.completion_models import (
    CompletionConfirmation,
    RecommendationUpdate,
    Verification,
)
from learning.recommendations.decision_models import ExtensionRequest, NonAcceptance, OwnerChange
from learning.recommendations.follow_up_models import FollowUp, FollowUpMessage, FollowUpPause
from learning.recommendations.models import Recommendation
from learning.reflections.models import AuditorReflection
from learning.reports.board_models import (
    Board,
    BoardConsideration,
    BoardQuestion,
    DecidedRecommendation,
)
from learning.reports.models import CycleReport, EarlierAnswer, ReportAddendum, ReportPart
from learning.retention.models import DisposalItem, DisposalList, LegalHold
from learning.selection.models import (
    AttendanceConfirmation,
    CaseFrame,
    CaseKey,
    ColumnMapping,
    FrameCase,
    RecordingConfirmation,
    SampledCase,
    SelectionDraw,
)
from learning.spot_checks.models import (
    SpotCheck,
    SpotCheckEntry,
    SpotCheckReview,
    SpotCheckRound,
)
from learning.submissions.models import (
    Addendum,
    AuditSubmission,
    Conversation,
    ConversationQuestion,
    EntryVersion,
    EvaluativeStatement,
    MorningText,
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
    "AgreedQuote",
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
    "AuditorReflection",
    "Board",
    "BoardConsideration",
    "BoardQuestion",
    "CaseFrame",
    "CaseKey",
    "CaseNumberShape",
    "ColumnMapping",
    "CompletionConfirmation",
    "ConflictDeclaration",
    "ContactTry",
    "Conversation",
    "ConversationQuestion",
    "CountdownTask",
    "CycleFocus",
    "CycleForm",
    "CycleReport",
    "DecidedRecommendation",
    "DisposalItem",
    "DisposalList",
    "EarlierAnswer",
    "EntryVersion",
    "Escalation",
    "EscalationAlert",
    "EscalationHandover",
    "EscalationNote",
    "EvaluativeStatement",
    "Event",
    "ExtensionRequest",
    "FamilyFeedback",
    "FeedbackAnswer",
    "FeedbackTheme",
    "FollowUp",
    "FollowUpMessage",
    "FollowUpPause",
    "FrameCase",
    "GlossaryTerm",
    "GoodPracticeLetter",
    "ImpactAssessment",
    "ImpactTest",
    "LegalHold",
    "LocalPlace",
    "LoggedHours",
    "MorningText",
    "NonAcceptance",
    "NothingToRecommend",
    "Opening",
    "OpeningLook",
    "OpeningStatement",
    "OwnerChange",
    "PageEvidence",
    "PlenaryAddendum",
    "PlenaryNote",
    "PlenaryVersion",
    "PracticeStandard",
    "PreparationReview",
    "ProFormaSection",
    "ProFormaVersion",
    "ProcessChange",
    "ProcessDecision",
    "ProcessReview",
    "QualityAssuranceReview",
    "Recommendation",
    "RecommendationUpdate",
    "RecordingConfirmation",
    "RecordingGap",
    "ReportAddendum",
    "ReportPart",
    "ReviewAnswer",
    "ReviewInvitation",
    "ReviewRound",
    "SafetyCheck",
    "SampledCase",
    "SectionEntry",
    "SectionPresence",
    "SelectionDraw",
    "SpotCheck",
    "SpotCheckEntry",
    "SpotCheckReview",
    "SpotCheckRound",
    "StaffMember",
    "SubmissionGrant",
    "SubmitConfirmation",
    "SystemChange",
    "Team",
    "Theme",
    "TimetableEntry",
    "Verification",
    "WorkerReply",
]
