"""What a disposal may do to rows of a cycle beyond its audits: plenaries, answers about the audit itself,
recommendations, reports. One row by its key after the other, and no join (`audit_promises.py`)."""

from learning.events.emptying_rules import Emptying

_OF_DAY = "(SELECT d.cycle_id FROM learning_auditday d WHERE d.id = {day})"
_OF_NOTE = _OF_DAY.format(
    day="(SELECT p.day_id FROM learning_plenarynote p WHERE p.id = OLD.note_id)"
)
_OF_ROUND = "(SELECT r.cycle_id FROM learning_reviewround r WHERE r.id = OLD.round_id)"
_OF_REPORT = "(SELECT p.cycle_id FROM learning_cyclereport p WHERE p.id = {report})"
_OWN_REPORT = _OF_REPORT.format(report="OLD.report_id")
_OF_CONSIDERATION = _OF_REPORT.format(
    report="(SELECT c.report_id FROM learning_boardconsideration c WHERE c.id = OLD.consideration_id)"
)
_OF_CONFIRMATION = (
    "(SELECT c.recommendation_id FROM learning_completionconfirmation c "
    "WHERE c.id = OLD.confirmation_id)"
)


def _papers(table: str, cycle: str, *gone: str, rows_go: bool = False) -> Emptying:
    """A rule for working papers of a cycle; `cycle` is SQL over OLD that gives it."""
    return Emptying(table, "papers", cycle, gone=gone, rows_go=rows_go, link="cycle_id")


def _recommendation(table: str, recommendation: str, *gone: str) -> Emptying:
    """A rule for what was written about a recommendation; `recommendation` is SQL over OLD that gives it."""
    return Emptying(table, "recommendation", recommendation, gone=gone, link="recommendation_id")


def _report(table: str, cycle: str, *gone: str, lists: tuple[str, ...] = ()) -> Emptying:
    """A rule for what a report says; `cycle` is SQL over OLD that gives the report's."""
    return Emptying(table, "report", cycle, gone=gone, lists=lists, link="cycle_id")


OF_CYCLES = (
    _papers("learning_plenarynote", _OF_DAY.format(day="OLD.day_id"), "strengths", "to_develop"),
    _papers("learning_plenaryversion", _OF_NOTE, rows_go=True),
    _papers("learning_plenaryaddendum", _OF_NOTE, "text", "reason"),
    _papers("learning_reviewanswer", _OF_ROUND, rows_go=True),
    _recommendation("learning_recommendationupdate", "OLD.recommendation_id", "words"),
    _recommendation(
        "learning_completionconfirmation", "OLD.recommendation_id", "statement", "evidence"
    ),
    _recommendation("learning_verification", _OF_CONFIRMATION, "words"),
    _recommendation("learning_ownerchange", "OLD.recommendation_id", "reason"),
    _report("learning_cyclereport", "OLD.cycle_id", "words_reason", lists=("figures",)),
    _report("learning_reportpart", _OWN_REPORT, "text"),
    _report("learning_earlieranswer", _OWN_REPORT, "words"),
    _report("learning_reportaddendum", _OWN_REPORT, "text", "reason"),
    _report("learning_boardconsideration", _OWN_REPORT, "minute"),
    _report("learning_boardquestion", _OF_CONSIDERATION, "text", "answer"),
)
