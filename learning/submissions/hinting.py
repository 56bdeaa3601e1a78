"""Where the wording coach looks in an audit: sections, statements, the plan of questions, the talk, the gaps.

What the pair says of its own is read with every rule; what others told them only for what could give somebody
away, and for grades (domain.md D1, D7).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from learning.disclosure.finding import LocalKnowledge, local_knowledge
from learning.submissions.models import AuditSubmission, SectionEntry
from learning.submissions.talking import talk_of
from learning.submissions.wording import (
    Hint,
    hints_in,
    hints_in_statement,
    marks_in,
    outside_window,
)


@dataclass(frozen=True)
class PlacedHint:
    """A hint, with the page on which it can be followed."""

    title: str
    url: str
    hint: Hint


def hints_of(submission: AuditSubmission) -> list[PlacedHint]:
    """Every hint of the wording coach that still stands, with its place."""
    known = local_knowledge()
    entries = submission.entries.select_related("section").prefetch_related("statements")
    in_sections = [
        PlacedHint(entry.section.title, _address(submission, "section", entry.section.key), hint)
        for entry in entries.order_by("section__order")
        for hint in hints_of_entry(submission, entry, known)
    ]
    return in_sections + list(_in_the_talk(submission, known))


def hints_of_entry(
    submission: AuditSubmission, entry: SectionEntry, known: LocalKnowledge | None = None
) -> list[Hint]:
    """What there is to think about in one section: its boxes, its statements, and why it was left out."""
    known = known or local_knowledge()
    hints = hints_in(entry.boxes, section_key=entry.section.key, known=known)
    hints += outside_window(entry.saw, submission.window_from, submission.window_to)
    for statement in entry.statements.all():
        hints += hints_in_statement(statement.text, known)
    if entry.not_relevant:
        hints += marks_in({"not_relevant_reason": entry.not_relevant_reason}, known)
    return hints


def _in_the_talk(submission: AuditSubmission, known: LocalKnowledge) -> Iterator[PlacedHint]:
    questions = list(submission.questions.all())
    for question in questions:
        for hint in marks_in({"question": question.text}, known):
            yield PlacedHint("Questions", _address(submission, "questions"), hint)
    talk = talk_of(submission)
    said = [*(row.why_decided for row in questions), *(row.text for row in submission.gaps.all())]
    if talk:
        said += [talk.proud_of, talk.in_the_way, talk.light_bulb]
    for text in said:
        for hint in marks_in({"conversation": text}, known):
            yield PlacedHint("The conversation", _address(submission, "conversation"), hint)


def _address(submission: AuditSubmission, page: str, *more: str) -> str:
    return reverse(f"submissions:{page}", args=[submission.case.ref, *more])
