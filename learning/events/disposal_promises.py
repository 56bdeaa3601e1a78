"""What the database keeps of lists of what is to go, and of holds: without it anybody could open the crack of
`emptying.py`."""

from learning.events.frozen import Frozen

DISPOSAL = (
    Frozen(
        "learning_disposallist",
        "born_open",
        ("INSERT",),
        "NEW.checked_at IS NOT NULL OR NEW.approved_at IS NOT NULL",
        "a list of what is to be disposed of is checked and approved step by step",
    ),
    Frozen(
        "learning_disposallist",
        "signed",
        ("UPDATE",),
        "(OLD.checked_at IS NOT NULL AND (NEW.checked_at IS NULL "
        "OR NEW.checked_at <> OLD.checked_at OR NEW.checked_by_id <> OLD.checked_by_id)) "
        "OR (OLD.approved_at IS NOT NULL AND (NEW.approved_at IS NULL "
        "OR NEW.approved_at <> OLD.approved_at OR NEW.approved_by_id <> OLD.approved_by_id)) "
        "OR (NEW.approved_at IS NOT NULL AND (NEW.checked_at IS NULL OR NEW.checked_by_id IS NULL "
        "OR NEW.approved_by_id IS NULL OR NEW.approved_by_id = NEW.checked_by_id))",
        "a disposal is checked by one person and approved by another, once",
    ),
    Frozen(
        "learning_disposallist",
        "stays",
        ("DELETE",),
        "OLD.id IS NOT NULL",
        "what was disposed of stays on record",
    ),
    Frozen(
        "learning_disposalitem",
        "too_late",
        ("INSERT",),
        "NEW.done_at IS NOT NULL OR EXISTS (SELECT 1 FROM learning_disposallist l "
        "WHERE l.id = NEW.list_id AND l.checked_at IS NOT NULL)",
        "nothing joins a list that somebody has checked",
    ),
    Frozen(
        "learning_disposalitem",
        "what",
        ("UPDATE",),
        "OLD.done_at IS NOT NULL OR OLD.left_out_at IS NOT NULL OR NEW.list_id <> OLD.list_id "
        "OR NEW.kind <> OLD.kind "
        "OR COALESCE(NEW.submission_id, 0) <> COALESCE(OLD.submission_id, 0) "
        "OR COALESCE(NEW.spot_check_id, 0) <> COALESCE(OLD.spot_check_id, 0) "
        "OR COALESCE(NEW.recommendation_id, 0) <> COALESCE(OLD.recommendation_id, 0) "
        "OR COALESCE(NEW.cycle_id, 0) <> COALESCE(OLD.cycle_id, 0) "
        "OR (NEW.older_than IS NULL AND OLD.older_than IS NOT NULL) "
        "OR (OLD.older_than IS NULL AND NEW.older_than IS NOT NULL) OR NEW.older_than <> OLD.older_than",
        "what a list says is to be disposed of never changes",
    ),
    Frozen(
        "learning_disposalitem",
        "stays",
        ("DELETE",),
        "OLD.id IS NOT NULL",
        "what was disposed of stays on record",
    ),
    Frozen(
        "learning_legalhold",
        "placed",
        ("UPDATE",),
        "OLD.ended_at IS NOT NULL "
        "OR COALESCE(NEW.submission_id, 0) <> COALESCE(OLD.submission_id, 0) "
        "OR COALESCE(NEW.spot_check_id, 0) <> COALESCE(OLD.spot_check_id, 0) "
        "OR COALESCE(NEW.cycle_id, 0) <> COALESCE(OLD.cycle_id, 0) "
        "OR NEW.reason <> OLD.reason OR NEW.placed_by_id <> OLD.placed_by_id",
        "why a case is held back never changes",
    ),
    Frozen(
        "learning_legalhold",
        "stays",
        ("DELETE",),
        "OLD.id IS NOT NULL",
        "that a case was held back stays on record",
    ),
)
