"""The one thing that disposal may do to rows that otherwise never change: empty their text, or take them away.

Each rule opens a promise by a crack: only while an approved disposal of that very thing is under way (an audit,
a spot check, a recommendation, the papers or the report of a cycle, a part of the access log), only for the
columns named here, and only to nothing or to the one sentence that says so. An approved disposal is rows of
`learning.retention`, which are promised themselves, so that nobody opens the crack without leaving two names
behind. See docs/retention.md.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from learning.events.emptying_of_cycles import OF_CYCLES
from learning.events.emptying_rules import Dialect, Emptying, Forgetting

_OF_ENTRY = "(SELECT e.submission_id FROM learning_sectionentry e WHERE e.id = OLD.entry_id)"
_OF_FEEDBACK = (
    "(SELECT f.submission_id FROM learning_familyfeedback f WHERE f.id = OLD.feedback_id)"
)
_OF_ESCALATION = (
    "(SELECT x.submission_id FROM learning_escalation x WHERE x.id = OLD.escalation_id)"
)
_OWN = "OLD.submission_id"


def _of_check(table: str, check: str, texts: tuple[str, ...] = (), **more: Any) -> Emptying:
    """A rule for a table that hangs on a spot check; `check` is SQL over OLD that gives it."""
    return Emptying(table, "spot_check", check, texts, link="spot_check_id", **more)


_CHECK_OF_ESCALATION = (
    "(SELECT x.spot_check_id FROM learning_escalation x WHERE x.id = OLD.escalation_id)"
)

_ESCALATED = ("action", "action_report", "evidence")

EMPTYINGS: tuple[Emptying | Forgetting, ...] = (
    Emptying(
        "learning_auditsubmission",
        "audit",
        "OLD.id",
        ("age_band", "months_open"),
        becomes=(("sources_read", "[]"), ("state", "disposed")),
    ),
    Emptying(
        "learning_sectionentry",
        "audit",
        _OWN,
        ("saw", "means", "to_ask", "learned", "agreed", "not_relevant_reason"),
    ),
    Emptying("learning_entryversion", "audit", _OF_ENTRY, rows_go=True),
    Emptying("learning_morningtext", "audit", _OWN, rows_go=True),
    Emptying("learning_evaluativestatement", "audit", _OF_ENTRY, ("text",)),
    Emptying("learning_conversationquestion", "audit", _OWN, ("text", "why_decided")),
    Emptying(
        "learning_conversation",
        "audit",
        _OWN,
        ("reason_not_held", "proud_of", "in_the_way", "light_bulb"),
    ),
    Emptying("learning_recordinggap", "audit", _OWN, ("text",)),
    Emptying("learning_submitconfirmation", "audit", _OWN, ("hints_reason",)),
    Emptying("learning_qualityassurancereview", "audit", _OWN, ("words",)),
    Emptying("learning_workerreply", "audit", _OWN, ("facts", "reflection")),
    Emptying("learning_addendum", "audit", _OWN, ("text", "reason")),
    Emptying(
        "learning_familyfeedback",
        "audit",
        _OWN,
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
    Emptying(
        "learning_safetycheck",
        "audit",
        _OF_FEEDBACK,
        ("domestic_abuse", "bail", "address", "distress", "court", "how"),
    ),
    Emptying("learning_feedbackanswer", "audit", _OF_FEEDBACK, ("words",)),
    Emptying("learning_agreedquote", "audit", _OF_FEEDBACK, ("words",)),
    Emptying("learning_escalation", "audit", _OWN, gone=_ESCALATED),
    Emptying("learning_escalationnote", "audit", _OF_ESCALATION, ("words",)),
    Emptying("learning_escalationhandover", "audit", _OF_ESCALATION, ("why",)),
    Emptying(
        "learning_goodpracticeletter",
        "letter",
        _OWN,
        (
            "what_was_done",
            "difference_made",
            "what_you_did",
            "what_was_experienced",
            "what_others_can_learn",
            "thanks",
        ),
    ),
    _of_check("learning_spotcheck", "OLD.id", becomes=(("state", "disposed"),)),
    _of_check("learning_spotcheckentry", "OLD.check_of_id", ("saw", "means")),
    _of_check("learning_spotcheckreview", "OLD.check_of_id", ("words",)),
    _of_check("learning_escalation", "OLD.spot_check_id", gone=_ESCALATED),
    _of_check("learning_escalationnote", _CHECK_OF_ESCALATION, ("words",)),
    _of_check("learning_escalationhandover", _CHECK_OF_ESCALATION, ("why",)),
    *OF_CYCLES,
    Forgetting("learning_accessevent"),
)


def exception_for(connection: BaseDatabaseWrapper, table: str, moment: str) -> str:
    """SQL for “a disposal may do this”, at UPDATE or DELETE; empty where none may."""
    rules = [rule for rule in EMPTYINGS if rule.table == table]
    if moment == "UPDATE" and rules:
        columns, dialect = _columns_of(connection, table), Dialect.of(connection.vendor)
        allowed = [rule.allows_update(columns, dialect) for rule in rules]
    else:
        allowed = [rule.allows_delete() for rule in rules if moment == "DELETE"]
    found = " OR ".join(filter(None, allowed))
    return f"({found})" if found else ""


def _columns_of(connection: BaseDatabaseWrapper, table: str) -> list[Any]:
    """Every column of the table as it stands in the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} LIMIT 0")
        return sorted(column[0] for column in cursor.description)
