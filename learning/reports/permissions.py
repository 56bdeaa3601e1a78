"""Who may do what with a report (domain.md E7). Being a superuser opens nothing here."""

from typing import Any

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.reports.board_models import Board
from learning.reports.models import CycleReport


def user_can_write(user: Any, report: CycleReport) -> bool:
    """The QA office, until it is signed."""
    return not report.is_signed and holds(user, Right.WRITE_REPORT)


def user_can_sign(user: Any, report: CycleReport) -> bool:
    """The lead or deputy of its cycle."""
    return (
        not report.is_signed
        and holds(user, Right.SIGN_REPORT)
        and bool(report.cycle.is_led_by(user))
    )


def user_can_add(user: Any, report: CycleReport) -> bool:
    """A lead, once it is signed."""
    return report.is_signed and holds(user, Right.ADD_TO_REPORT)


def user_sits_on(user: Any, board: Board) -> bool:
    return board.members.filter(pk=user.pk).exists()


def user_can_consider(user: Any, board: Board) -> bool:
    return holds(user, Right.CONSIDER_REPORT) and user_sits_on(user, board)
