"""Taking the text out of one thing, whole or not at all. What figures and reports rest on stays.

The database lets exactly this through while an approved disposal of the thing is open, and nothing else
(`learning.events.emptying`): a column that is emptied here and not named there is refused.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from learning.escalations.models import Escalation, EscalationHandover, EscalationNote
from learning.events.emptying_rules import GONE
from learning.events.steps import take_step
from learning.evidence.models import PageEvidence
from learning.feedback.models import AgreedQuote, FamilyFeedback, FeedbackAnswer, SafetyCheck
from learning.letters.models import GoodPracticeLetter
from learning.reports.models import CycleReport
from learning.reports.wording import WRITTEN
from learning.retention.due import cases_not_drawn, keys_of, log_rows_before
from learning.retention.models import DisposalItem
from learning.retention.states import DisposalKind
from learning.retention.words import (
    OF_RECOMMENDATION,
    OF_REPORT,
    PAPERS,
    Counts,
    empty_all,
    remove,
)
from learning.selection.models import AttendanceConfirmation, FrameCase, RecordingConfirmation
from learning.spot_checks.models import SpotCheck, SpotCheckEntry, SpotCheckReview
from learning.submissions.models import (
    Addendum,
    AuditSubmission,
    Conversation,
    ConversationQuestion,
    EntryVersion,
    EvaluativeStatement,
    MorningText,
    QualityAssuranceReview,
    RecordingGap,
    SectionEntry,
    SectionPresence,
    SubmissionGrant,
    SubmitConfirmation,
    WorkerReply,
)

Texts = tuple[QuerySet[Any], tuple[str, ...]]


def empty(item: DisposalItem, actor: Any) -> Counts:
    """Empties what the item is about, within the caller's transaction; how many of what."""
    emptiers: dict[str, Callable[[DisposalItem, Any], Counts]] = {
        DisposalKind.AUDIT: _empty_audit,
        DisposalKind.SPOT_CHECK: _empty_spot_check,
        DisposalKind.LETTER: _empty_letters,
        DisposalKind.KEYS: _remove_keys,
        DisposalKind.PAPERS: lambda item, _: empty_all(PAPERS, item.cycle),
        DisposalKind.RECOMMENDATION: lambda item, _: empty_all(
            OF_RECOMMENDATION, item.recommendation
        ),
        DisposalKind.REPORT: _empty_report,
        DisposalKind.ACCESS_LOG: _forget_looks,
    }
    return emptiers[item.kind](item, actor)


def _empty_audit(item: DisposalItem, actor: Any) -> Counts:
    """State and dates, kinds and themes of statements, kinds of gaps and outcomes of asking families stay."""
    audit: Any = item.submission
    counts = _empty_texts(texts_of(audit), audit.escalations.all())
    versions = EntryVersion.objects.filter(entry__submission=audit)
    counts["earlier versions"] = remove(versions)
    counts["texts before the talk"] = remove(MorningText.objects.filter(submission=audit))
    remove(SectionPresence.objects.filter(submission=audit))
    counts["people who could read it"] = remove(
        SubmissionGrant.objects.filter(content_object=audit)
    )
    take_step(audit, "dispose", actor=actor)
    return {name: count for name, count in counts.items() if count}


def _empty_spot_check(item: DisposalItem, actor: Any) -> Counts:
    """State and dates, kinds and themes of what was seen, and the certificate of the draw stay."""
    check: Any = item.spot_check
    counts = _empty_texts(texts_of_spot_check(check), check.escalations.all())
    take_step(check, "dispose", actor=actor)
    return {name: count for name, count in counts.items() if count}


def _empty_texts(texts: list[Texts], escalations: QuerySet[Escalation]) -> Counts:
    counts = {
        str(rows.model._meta.verbose_name_plural): rows.update(**dict.fromkeys(names, ""))
        for rows, names in texts
    }
    gone = escalations.update(action=GONE, action_report=GONE, evidence=GONE)
    return counts | {"escalations": gone}


def texts_of_spot_check(check: SpotCheck) -> list[Texts]:
    """Everything with text of this spot check in it, and which columns hold the text."""
    return [
        (SpotCheckEntry.objects.filter(check_of=check), ("saw", "means")),
        (SpotCheckReview.objects.filter(check_of=check), ("words",)),
        (EscalationNote.objects.filter(escalation__spot_check=check), ("words",)),
        (EscalationHandover.objects.filter(escalation__spot_check=check), ("why",)),
        (
            FrameCase.objects.filter(pk=check.case_id, sampled__submission__isnull=True),
            ("excluded_words", "apart_words"),
        ),
    ]


def texts_of(audit: AuditSubmission) -> list[Texts]:
    """Everything with text of this audit in it, and which columns hold the text."""
    feedback = FamilyFeedback.objects.filter(submission=audit)
    case = audit.case
    return [
        (
            SectionEntry.objects.filter(submission=audit),
            (*SectionEntry.BOXES, "not_relevant_reason"),
        ),
        (EvaluativeStatement.objects.filter(entry__submission=audit), ("text",)),
        (ConversationQuestion.objects.filter(submission=audit), ("text", "why_decided")),
        (
            Conversation.objects.filter(submission=audit),
            ("reason_not_held", "proud_of", "in_the_way", "light_bulb"),
        ),
        (RecordingGap.objects.filter(submission=audit), ("text",)),
        (SubmitConfirmation.objects.filter(submission=audit), ("hints_reason",)),
        (QualityAssuranceReview.objects.filter(submission=audit), ("words",)),
        (WorkerReply.objects.filter(submission=audit), ("facts", "reflection")),
        (Addendum.objects.filter(submission=audit), ("text", "reason")),
        (
            feedback,
            (
                "relation",
                "consent",
                "support",
                "noticed",
                "main_points",
                "agrees",
                "differs",
                "outcome_reason",
            ),
        ),
        (
            SafetyCheck.objects.filter(feedback__in=feedback),
            ("domestic_abuse", "bail", "address", "distress", "court", "how"),
        ),
        (FeedbackAnswer.objects.filter(feedback__in=feedback), ("words",)),
        (AgreedQuote.objects.filter(feedback__in=feedback), ("words",)),
        (EscalationNote.objects.filter(escalation__submission=audit), ("words",)),
        (EscalationHandover.objects.filter(escalation__submission=audit), ("why",)),
        (RecordingConfirmation.objects.filter(case=case), ("words",)),
        (AttendanceConfirmation.objects.filter(case=case), ("words",)),
        (FrameCase.objects.filter(pk=case.case_id), ("excluded_words", "apart_words")),
        (PageEvidence.objects.filter(submission=audit), ("bearing",)),
    ]


def _empty_letters(item: DisposalItem, actor: Any) -> Counts:
    """That there was a letter, to whom and when stays; a page without names that came of it stays too."""
    letters = GoodPracticeLetter.objects.filter(submission=item.submission)
    parts = ("what_was_done", "difference_made", *GoodPracticeLetter.PARTS)
    return {"letters": letters.update(**dict.fromkeys(parts, ""))}


def _remove_keys(item: DisposalItem, actor: Any) -> Counts:
    """The council's numbers, and the cases that were not drawn. Drawn cases stay, by pseudonym."""
    cycle: Any = item.cycle
    return {
        "case numbers": remove(keys_of(cycle)),
        "cases that were not drawn": remove(cases_not_drawn(cycle)),
    }


def _empty_report(item: DisposalItem, actor: Any) -> Counts:
    """Its figures stay as they were frozen, but for the tables that repeat words of recommendations; who signed
    it, and which board considered it when and decided what, stay too."""
    counts = empty_all(OF_REPORT, item.cycle)
    report = CycleReport.objects.get(cycle=item.cycle)
    counting = [figure for figure in report.figures if figure["key"] not in WRITTEN]
    gone = len(report.figures) - len(counting)
    CycleReport.objects.filter(pk=report.pk).update(figures=counting)
    return counts | ({"tables of words": gone} if gone else {})


def _forget_looks(item: DisposalItem, actor: Any) -> Counts:
    before: Any = item.older_than
    return {"rows of the access log": remove(log_rows_before(before))}
