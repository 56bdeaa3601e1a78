"""The models of submissions, by subject; each stands in the file that its subject names."""

from learning.submissions.finishing_models import (
    Addendum,
    QualityAssuranceReview,
    SubmitConfirmation,
    WorkerReply,
)
from learning.submissions.section_models import (
    EntryVersion,
    EvaluativeStatement,
    MorningText,
    SectionEntry,
    SectionPresence,
)
from learning.submissions.submission_models import (
    AuditSubmission,
    AuditSubmissionQuerySet,
    OpeningStatement,
    SubmissionGrant,
)
from learning.submissions.talk_models import Conversation, ConversationQuestion, RecordingGap

__all__ = [
    "Addendum",
    "AuditSubmission",
    "AuditSubmissionQuerySet",
    "Conversation",
    "ConversationQuestion",
    "EntryVersion",
    "EvaluativeStatement",
    "MorningText",
    "OpeningStatement",
    "QualityAssuranceReview",
    "RecordingGap",
    "SectionEntry",
    "SectionPresence",
    "SubmissionGrant",
    "SubmitConfirmation",
    "WorkerReply",
]
