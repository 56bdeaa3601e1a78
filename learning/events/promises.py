"""What the database itself refuses, whoever asks: rows that only grow, and text and dates that are fixed.

`triggers.py` makes the databases keep it; `emptying.py` is the one exception.
"""

from learning.events.audit_promises import OF_AUDITS
from learning.events.disposal_promises import DISPOSAL
from learning.events.escalation_promises import ESCALATIONS
from learning.events.frozen import Frozen, frozen_with

APPEND_ONLY = (
    "learning_event",
    "learning_accessevent",
    "learning_entryversion",
    "learning_morningtext",
    "learning_qualityassurancereview",
    "learning_workerreply",
    "learning_addendum",
    "learning_recommendationupdate",
    "learning_completionconfirmation",
    "learning_verification",
    "learning_ownerchange",
    "learning_safetycheck",
    "learning_contacttry",
    "learning_openinglook",
    "learning_escalationnote",
    "learning_escalationhandover",
    "learning_reviewanswer",
    "learning_plenaryversion",
    "learning_plenaryaddendum",
    "learning_spotcheckreview",
    "learning_reportaddendum",
)
"""Tables whose rows are never changed or deleted."""


_FORM_IN_USE = (
    "EXISTS (SELECT 1 FROM learning_proformaversion v "
    "WHERE v.id = {row}.version_id AND v.frozen_at IS NOT NULL)"
)
_SECTION_IN_USE = (
    "EXISTS (SELECT 1 FROM learning_proformaversion v JOIN learning_proformasection s "
    "ON s.version_id = v.id WHERE s.id = {row}.proformasection_id AND v.frozen_at IS NOT NULL)"
)
_FORM_SENTENCE = "a form that an audit has used never changes: make a new version"
_DISCUSSED = (
    "EXISTS (SELECT 1 FROM learning_plenarynote p "
    "WHERE p.id = {row}.plenarynote_id AND p.settled_at IS NOT NULL)"
)
_DISCUSSED_SENTENCE = "what a plenary said never changes after the days: a lead may add to it"
_SIGNED = (
    "EXISTS (SELECT 1 FROM learning_cyclereport r "
    "WHERE r.id = {row}.report_id AND r.signed_at IS NOT NULL)"
)
_REPORT_SENTENCE = "a signed report never changes"

FROZEN = (
    Frozen(
        "learning_recommendation",
        "original_due_date",
        ("UPDATE",),
        "OLD.original_due_date IS NOT NULL AND (NEW.original_due_date IS NULL "
        "OR NEW.original_due_date <> OLD.original_due_date)",
        "the original due date of a recommendation never changes",
    ),
    Frozen(
        "learning_recommendation",
        "issued_stays",
        ("DELETE",),
        "OLD.original_due_date IS NOT NULL",
        "an issued recommendation is never deleted",
    ),
    Frozen(
        "learning_followup",
        "sent_stays",
        ("UPDATE", "DELETE"),
        "OLD.sent_at IS NOT NULL",
        "a follow-up that was sent never changes",
    ),
    Frozen(
        "learning_plenarynote",
        "settled",
        ("UPDATE", "DELETE"),
        "OLD.settled_at IS NOT NULL",
        _DISCUSSED_SENTENCE,
    ),
    *frozen_with("learning_plenarynote_themes", "settled", _DISCUSSED, _DISCUSSED_SENTENCE),
    *frozen_with("learning_proformasection", "in_use", _FORM_IN_USE, _FORM_SENTENCE),
    *frozen_with("learning_proformasection_areas", "in_use", _SECTION_IN_USE, _FORM_SENTENCE),
    Frozen(
        "learning_proformaversion",
        "in_use",
        ("UPDATE", "DELETE"),
        "OLD.frozen_at IS NOT NULL",
        _FORM_SENTENCE,
    ),
    Frozen(
        "learning_goodpracticeletter",
        "sent_words",
        ("UPDATE",),
        "OLD.sent_at IS NOT NULL AND (NEW.sent_at IS NULL OR NEW.sent_at <> OLD.sent_at "
        "OR NEW.worker_id <> OLD.worker_id "
        "OR NEW.writer_id <> OLD.writer_id OR NEW.what_you_did <> OLD.what_you_did "
        "OR NEW.what_was_experienced <> OLD.what_was_experienced "
        "OR NEW.what_others_can_learn <> OLD.what_others_can_learn OR NEW.thanks <> OLD.thanks)",
        "a letter that was sent never changes",
    ),
    Frozen(
        "learning_goodpracticeletter",
        "sent_stays",
        ("DELETE",),
        "OLD.sent_at IS NOT NULL",
        "a letter that was sent is never deleted",
    ),
    Frozen(
        "learning_opening",
        "asked",
        ("UPDATE",),
        "NEW.reason <> OLD.reason OR NEW.kind <> OLD.kind OR NEW.asked_by_id <> OLD.asked_by_id "
        "OR NEW.submission_id <> OLD.submission_id OR NEW.asked_at <> OLD.asked_at "
        "OR (OLD.expires_at IS NOT NULL "
        "AND (NEW.expires_at IS NULL OR NEW.expires_at > OLD.expires_at))",
        "what an audit was opened for never changes, and its time is never made longer",
    ),
    Frozen(
        "learning_opening",
        "stays",
        ("DELETE",),
        "OLD.id IS NOT NULL",
        "that an audit was opened is never forgotten",
    ),
    Frozen(
        "learning_selectiondraw",
        "seed",
        ("UPDATE",),
        "NEW.seed <> OLD.seed OR NEW.seed_hash <> OLD.seed_hash",
        "the seed of a draw is fixed before the frame is loaded and never changes",
    ),
    Frozen(
        "learning_cyclereport",
        "signed_change",
        ("UPDATE",),
        "OLD.signed_at IS NOT NULL AND (NEW.signed_at IS NULL OR NEW.signed_at <> OLD.signed_at "
        "OR NEW.figures <> OLD.figures OR NEW.figures_as_of <> OLD.figures_as_of "
        "OR NEW.signed_name <> OLD.signed_name OR NEW.signed_by_id <> OLD.signed_by_id)",
        _REPORT_SENTENCE,
    ),
    Frozen(
        "learning_cyclereport",
        "signed_stays",
        ("DELETE",),
        "OLD.signed_at IS NOT NULL",
        _REPORT_SENTENCE,
    ),
    *(
        rule
        for table in ("reportpart", "earlieranswer")
        for rule in frozen_with(f"learning_{table}", "signed", _SIGNED, _REPORT_SENTENCE)
    ),
    Frozen(
        "learning_boardconsideration",
        "considered",
        ("UPDATE", "DELETE"),
        "OLD.considered_on IS NOT NULL",
        "what a board made of a report never changes",
    ),
    Frozen(
        "learning_decidedrecommendation",
        "kept",
        ("UPDATE", "DELETE"),
        "EXISTS (SELECT 1 FROM learning_recommendation r "
        "WHERE r.id = OLD.recommendation_id AND r.original_due_date IS NOT NULL)",
        "the decision that an issued recommendation came out of never changes",
    ),
    Frozen(
        "learning_boardquestion",
        "answered",
        ("UPDATE", "DELETE"),
        "OLD.answered_at IS NOT NULL",
        "an answer to a board never changes",
    ),
    Frozen(
        "learning_selectiondraw",
        "certificate",
        ("UPDATE", "DELETE"),
        "OLD.drawn_at IS NOT NULL AND OLD.confirmed_at IS NOT NULL",
        "a confirmed draw never changes",
    ),
    *OF_AUDITS,
    *ESCALATIONS,
    *DISPOSAL,
)


def promised_tables() -> frozenset[str]:
    """Every table that has a promise."""
    return frozenset(APPEND_ONLY) | {rule.table for rule in FROZEN}
