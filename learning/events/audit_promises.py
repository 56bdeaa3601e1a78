"""What the database keeps of an audit once it is locked, of what a family said, and of spot checks."""

from learning.events.frozen import Frozen, frozen_with

_LOCKED = (
    "EXISTS (SELECT 1 FROM learning_auditsubmission s "
    "WHERE s.id = {row}.submission_id AND s.locked_at IS NOT NULL)"
)
# One row by its key after the other, and no join: planned while the tables were empty, a join reads the
# whole of one of them for each row of a load.
_LOCKED_BY_ENTRY = (
    "EXISTS (SELECT 1 FROM learning_auditsubmission s WHERE s.locked_at IS NOT NULL AND s.id = "
    "(SELECT e.submission_id FROM learning_sectionentry e WHERE e.id = {row}.entry_id))"
)
_LOCKED_BY_STATEMENT = (
    "EXISTS (SELECT 1 FROM learning_auditsubmission s WHERE s.locked_at IS NOT NULL AND s.id = "
    "(SELECT e.submission_id FROM learning_sectionentry e WHERE e.id = "
    "(SELECT v.entry_id FROM learning_evaluativestatement v WHERE v.id = {row}.evaluativestatement_id)))"
)
_IN_THE_AUDIT = (
    "EXISTS (SELECT 1 FROM learning_familyfeedback f "
    "WHERE f.id = {row}.feedback_id AND f.incorporated_at IS NOT NULL)"
)
_FOLDED = (
    "EXISTS (SELECT 1 FROM learning_spotcheck c "
    "WHERE c.id = {row}.check_of_id AND c.folded_at IS NOT NULL)"
)
_FOLDED_BY_ENTRY = (
    "EXISTS (SELECT 1 FROM learning_spotcheck c WHERE c.folded_at IS NOT NULL AND c.id = "
    "(SELECT e.check_of_id FROM learning_spotcheckentry e WHERE e.id = {row}.spotcheckentry_id))"
)
_FOLDED_SENTENCE = "a spot check never changes once it is in a report"
_LOCKED_SENTENCE = "a locked submission never changes: write an addendum"
_IN_THE_AUDIT_SENTENCE = "what a family said never changes once it is in the audit"

OF_AUDITS = (
    Frozen(
        "learning_auditsubmission",
        "locked",
        ("UPDATE", "DELETE"),
        "OLD.locked_at IS NOT NULL",
        _LOCKED_SENTENCE,
    ),
    *(
        rule
        for table in (
            "sectionentry",
            "conversation",
            "conversationquestion",
            "recordinggap",
            "submitconfirmation",
            "openingstatement",
            "morningtext",
        )
        for rule in frozen_with(f"learning_{table}", "locked", _LOCKED, _LOCKED_SENTENCE)
    ),
    *frozen_with("learning_evaluativestatement", "locked", _LOCKED_BY_ENTRY, _LOCKED_SENTENCE),
    *frozen_with(
        "learning_evaluativestatement_themes", "locked", _LOCKED_BY_STATEMENT, _LOCKED_SENTENCE
    ),
    *frozen_with("learning_familyfeedback", "locked", _LOCKED, _LOCKED_SENTENCE),
    Frozen(
        "learning_familyfeedback",
        "in_audit",
        ("UPDATE", "DELETE"),
        "OLD.incorporated_at IS NOT NULL",
        _IN_THE_AUDIT_SENTENCE,
    ),
    *(
        rule
        for table in ("feedbackanswer", "feedbacktheme")
        for rule in frozen_with(
            f"learning_{table}", "in_audit", _IN_THE_AUDIT, _IN_THE_AUDIT_SENTENCE
        )
    ),
    Frozen(
        "learning_agreedquote",
        "words",
        ("UPDATE",),
        "NEW.words <> OLD.words OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NULL)",
        "a quote is taken back for good, and never changed",
    ),
    Frozen(
        "learning_agreedquote",
        "in_audit",
        ("DELETE",),
        _IN_THE_AUDIT.format(row="OLD"),
        _IN_THE_AUDIT_SENTENCE,
    ),
    Frozen(
        "learning_spotcheckround",
        "seed",
        ("UPDATE",),
        "OLD.drawn_at IS NOT NULL OR NEW.seed <> OLD.seed OR NEW.seed_hash <> OLD.seed_hash",
        "the seed of a round never changes, nor what was drawn with it",
    ),
    Frozen(
        "learning_spotcheckround",
        "stays",
        ("DELETE",),
        "OLD.seed_hash IS NOT NULL",
        "a round of spot checks is never deleted",
    ),
    Frozen(
        "learning_spotcheck",
        "folded",
        ("UPDATE", "DELETE"),
        "OLD.folded_at IS NOT NULL",
        _FOLDED_SENTENCE,
    ),
    *frozen_with("learning_spotcheckentry", "folded", _FOLDED, _FOLDED_SENTENCE),
    *frozen_with("learning_spotcheckentry_themes", "folded", _FOLDED_BY_ENTRY, _FOLDED_SENTENCE),
)
