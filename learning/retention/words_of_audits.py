"""What of an audit, a spot check and a letter is words. They become nothing: their pages say that they went.

Those of an escalation become a sentence, since the database asks for words where it was conveyed.
"""

from typing import Any

from django.db.models import Q

from learning.escalations.models import Escalation, EscalationHandover, EscalationNote
from learning.evidence.models import PageEvidence
from learning.feedback.models import AgreedQuote, FamilyFeedback, FeedbackAnswer, SafetyCheck
from learning.letters.models import GoodPracticeLetter
from learning.retention.words import Words
from learning.selection.models import AttendanceConfirmation, FrameCase, RecordingConfirmation
from learning.spot_checks.models import SpotCheckEntry, SpotCheckReview
from learning.submissions.models import (
    Addendum,
    Conversation,
    ConversationQuestion,
    EntryVersion,
    EvaluativeStatement,
    MorningText,
    QualityAssuranceReview,
    RecordingGap,
    SectionEntry,
    SubmitConfirmation,
    WorkerReply,
)

ESCALATED = ("action", "action_report", "evidence")
OF_LIST = ("excluded_words", "apart_words")
OF_FAMILY = (
    "relation",
    "consent",
    "support",
    "noticed",
    "main_points",
    "agrees",
    "differs",
    "outcome_reason",
)
OF_SAFETY = ("domestic_abuse", "bail", "address", "distress", "court", "how")
OF_TALK = ("reason_not_held", "proud_of", "in_the_way", "light_bulb")


def _nothing_left(model: Any, way: str, *columns: str, **more: Any) -> Words:
    return Words(model, way, columns, becomes="", **more)


OF_AUDIT = (
    _nothing_left(SectionEntry, "submission", *SectionEntry.BOXES, "not_relevant_reason"),
    _nothing_left(EvaluativeStatement, "entry__submission", "text"),
    _nothing_left(ConversationQuestion, "submission", "text", "why_decided"),
    _nothing_left(Conversation, "submission", *OF_TALK),
    _nothing_left(RecordingGap, "submission", "text"),
    _nothing_left(SubmitConfirmation, "submission", "hints_reason"),
    _nothing_left(QualityAssuranceReview, "submission", "words"),
    _nothing_left(WorkerReply, "submission", "facts", "reflection"),
    _nothing_left(Addendum, "submission", "text", "reason"),
    _nothing_left(FamilyFeedback, "submission", *OF_FAMILY),
    _nothing_left(SafetyCheck, "feedback__submission", *OF_SAFETY),
    _nothing_left(FeedbackAnswer, "feedback__submission", "words"),
    _nothing_left(AgreedQuote, "feedback__submission", "words"),
    Words(Escalation, "submission", ESCALATED),
    _nothing_left(EscalationNote, "escalation__submission", "words"),
    _nothing_left(EscalationHandover, "escalation__submission", "why"),
    _nothing_left(RecordingConfirmation, "case__submission", "words"),
    _nothing_left(AttendanceConfirmation, "case__submission", "words"),
    _nothing_left(FrameCase, "sampled__submission", *OF_LIST),
    _nothing_left(PageEvidence, "submission", "bearing"),
    Words(EntryVersion, "entry__submission"),
    Words(MorningText, "submission"),
)

OF_SPOT_CHECK = (
    _nothing_left(SpotCheckEntry, "check_of", "saw", "means"),
    _nothing_left(SpotCheckReview, "check_of", "words"),
    Words(Escalation, "spot_check", ESCALATED),
    _nothing_left(EscalationNote, "escalation__spot_check", "words"),
    _nothing_left(EscalationHandover, "escalation__spot_check", "why"),
    _nothing_left(FrameCase, "spot_checks", *OF_LIST, only=Q(sampled__submission=None)),
)
"""Words about a case that was audited too go with the audit."""

OF_LETTER = (
    _nothing_left(
        GoodPracticeLetter,
        "submission",
        "what_was_done",
        "difference_made",
        *GoodPracticeLetter.PARTS,
    ),
)
