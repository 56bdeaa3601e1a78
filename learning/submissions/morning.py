"""What the pair had written before the talk, kept whole: all that came and went later can be seen (A37)."""

from typing import Any

from learning.submissions.models import (
    AuditSubmission,
    EvaluativeStatement,
    MorningText,
    SectionEntry,
)
from learning.submissions.writing import parts_of


def keep_morning(submission: AuditSubmission) -> MorningText:
    """The row of what stands now in the sections, the statements and the questions."""
    words = morning_words(sections_in(submission), questions_in(submission))
    return MorningText.objects.create(submission=submission, words=words)


def morning_words(sections: list[dict[str, Any]], questions: list[str]) -> dict[str, Any]:
    """What a row of the morning holds; every section as `section_words` gives it."""
    return {"sections": sections, "questions": questions}


def sections_in(submission: AuditSubmission) -> list[dict[str, Any]]:
    """What each section with anything in it says, with its statements. Three queries."""
    entries = submission.entries.prefetch_related("statements__themes")
    return [
        section_words(entry, [_statement_in(row) for row in entry.statements.all()])
        for entry in entries
        if not entry.is_empty or entry.statements.all()
    ]


def questions_in(submission: AuditSubmission) -> list[str]:
    """The questions of the plan, in their order."""
    return list(submission.questions.values_list("text", flat=True))


def section_words(entry: SectionEntry, statements: list[dict[str, Any]]) -> dict[str, Any]:
    """What one section says; every statement as `statement_words` gives it."""
    return {"section": entry.section_id, "parts": parts_of(entry), "statements": statements}


def statement_words(kind: str, text: str, themes: list[str]) -> dict[str, Any]:
    """What one statement says, with the codes of its themes."""
    return {"kind": kind, "text": text, "themes": sorted(themes)}


def _statement_in(row: EvaluativeStatement) -> dict[str, Any]:
    return statement_words(row.kind, row.text, [theme.code for theme in row.themes.all()])
