"""Mail about reports: a cycle and a link, never a word of a report, question or answer (domain.md D7)."""

from collections.abc import Iterable
from typing import Any

from learning.people.mailing import mail_once_saved, whole_address
from learning.reports.board_models import BoardConsideration, BoardQuestion
from learning.reports.models import CycleReport, ReportAddendum


def tell_board(consideration: BoardConsideration) -> None:
    """Those who sit on the board hear that its turn has come."""
    board = consideration.board
    _tell(
        board.members.all(),
        consideration.report,
        f"a report lies before {board}",
        "Please read the report, put questions, and record what the board decides.",
    )


def tell_leads_of_question(question: BoardQuestion) -> None:
    """Lead and deputy of the cycle hear that a board waits for an answer."""
    consideration = question.consideration
    _tell(
        consideration.report.cycle.leads,
        consideration.report,
        f"{consideration.board} asks something",
        "A board has put a question to the report, and waits for your answer.",
    )


def tell_asker(question: BoardQuestion) -> None:
    """Who asked hears that there is an answer."""
    consideration = question.consideration
    _tell(
        [question.asked_by],
        consideration.report,
        "your question is answered",
        f"The lead has answered what you asked for {consideration.board}.",
    )


def tell_leads_that_more_is_asked(consideration: BoardConsideration) -> None:
    """Lead and deputy of the cycle hear that the board will consider the report once more."""
    _tell(
        consideration.report.cycle.leads,
        consideration.report,
        f"{consideration.board} asks for more",
        "A board has considered the report and asks for more. Please read what it wants, and add it to the "
        "report. It then considers the report once more.",
    )


def tell_boards_of_addendum(addendum: ReportAddendum) -> None:
    """Those who sit on a board that has yet to settle the report hear that something was added."""
    report = addendum.report
    waiting = report.considerations.filter(considered_on=None).prefetch_related("board__members")
    members = {person for row in waiting for person in row.board.members.all()}
    _tell(
        sorted(members, key=lambda person: person.pk),
        report,
        "something was added to the report",
        "The lead has added something to a report that lies before your board. Please read it.",
    )


def _tell(people: Iterable[Any], report: CycleReport, subject: str, words: str) -> None:
    body = f"{words}\n\n{whole_address(report.get_absolute_url())}#boards\n"
    for person in people:
        mail_once_saved(person, f"{report.cycle}: {subject}", body)
