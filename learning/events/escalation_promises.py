"""What the database keeps of escalations: moments and words, and whom they were conveyed to."""

from learning.events.frozen import Frozen

_NOT_HANDED_OVER = (
    "(OLD.conveyed_at IS NULL OR NEW.recipient_id = OLD.recipient_id) "
    "AND NEW.times_handed_over = OLD.times_handed_over "
    "AND ((NEW.handed_over_at IS NULL AND OLD.handed_over_at IS NULL) "
    "OR NEW.handed_over_at = OLD.handed_over_at)"
)
_HANDED_OVER = (
    "(OLD.state IN ('conveyed', 'acknowledged') AND NEW.state = 'conveyed' "
    "AND NEW.acknowledged_at IS NULL AND NEW.times_handed_over = OLD.times_handed_over + 1 "
    "AND EXISTS (SELECT 1 FROM learning_escalationhandover h WHERE h.escalation_id = OLD.id "
    "AND h.number = NEW.times_handed_over AND h.from_person_id = OLD.recipient_id "
    "AND h.to_person_id = NEW.recipient_id AND h.handed_over_at = NEW.handed_over_at))"
)

ESCALATIONS = (
    Frozen(
        "learning_escalation",
        "raised",
        ("UPDATE",),
        "NEW.raised_at <> OLD.raised_at OR NEW.raised_by_id <> OLD.raised_by_id "
        "OR COALESCE(NEW.submission_id, 0) <> COALESCE(OLD.submission_id, 0) "
        "OR COALESCE(NEW.spot_check_id, 0) <> COALESCE(OLD.spot_check_id, 0)",
        "when an escalation was raised, by whom and from which audit or spot check never changes",
    ),
    Frozen(
        "learning_escalation",
        "stays",
        ("DELETE",),
        "OLD.raised_at IS NOT NULL",
        "an escalation is never deleted",
    ),
    Frozen(
        "learning_escalation",
        "conveyed",
        ("UPDATE",),
        "OLD.conveyed_at IS NOT NULL AND (NEW.conveyed_at IS NULL OR NEW.deadline IS NULL "
        "OR NEW.recipient_id IS NULL OR NEW.conveyed_at <> OLD.conveyed_at "
        "OR NEW.deadline <> OLD.deadline OR NEW.action <> OLD.action)",
        "what was conveyed and until when never changes",
    ),
    Frozen(
        "learning_escalation",
        "addressee",
        ("UPDATE",),
        f"NOT COALESCE(({_NOT_HANDED_OVER}) OR ({_HANDED_OVER}), FALSE)",
        "whom it was conveyed to changes by a handover alone, which says why",
    ),
    Frozen(
        "learning_escalationhandover",
        "true",
        ("INSERT",),
        "NOT EXISTS (SELECT 1 FROM learning_escalation e WHERE e.id = NEW.escalation_id "
        "AND e.recipient_id = NEW.from_person_id AND e.state IN ('conveyed', 'acknowledged') "
        "AND e.times_handed_over + 1 = NEW.number)",
        "a handover goes from who has it now, before action was reported",
    ),
    Frozen(
        "learning_escalation",
        "reported",
        ("UPDATE",),
        "OLD.action_reported_at IS NOT NULL AND (NEW.action_reported_at IS NULL "
        "OR NEW.action_reported_at <> OLD.action_reported_at "
        "OR NEW.action_report <> OLD.action_report)",
        "what was reported never changes: add a note",
    ),
    Frozen(
        "learning_escalation",
        "verified",
        ("UPDATE",),
        "OLD.verified_at IS NOT NULL AND (NEW.verified_at IS NULL OR NEW.verified_by_id IS NULL "
        "OR NEW.verified_at <> OLD.verified_at OR NEW.evidence <> OLD.evidence "
        "OR NEW.verified_by_id <> OLD.verified_by_id)",
        "what was verified never changes",
    ),
    Frozen(
        "learning_escalationalert",
        "sent_stays",
        ("UPDATE", "DELETE"),
        "OLD.sent_at IS NOT NULL",
        "an alert that was sent never changes",
    ),
)
