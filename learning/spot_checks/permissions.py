"""Who may do what with a spot check (domain.md A22, A38, A58, A76)."""

from typing import Any

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.programme.permissions import conflicts_with, is_ready
from learning.spot_checks.models import SpotCheck
from learning.spot_checks.states import TAKES_CONCERNS


def why_not_auditor(person: Any, check: SpotCheck, on: Any) -> list[str]:
    """Why this person must not make this check, a sentence each: not prepared, own or own team's case."""
    reasons = conflicts_with(person, check.worker) if check.worker else []
    if check.team is not None and check.team.pk == person.team_id and not reasons:
        reasons = [f"{person} works in the team that holds this case."]
    if not is_ready(person, on):
        reasons.append(f"{person} is not prepared to audit.")
    return reasons


def user_can_report_concern(user: Any, check: SpotCheck) -> bool:
    """Those who make it, also once it is with the lead; not when it is settled."""
    return check.is_made_by(user) and check.state in TAKES_CONCERNS


def user_can_assure(user: Any, check: SpotCheck) -> bool:
    """A lead who did not make it and whose work it is not about."""
    is_lead = holds(user, Right.ASSURE_SPOT_CHECK)
    return is_lead and not check.is_made_by(user) and not check.is_about_work_of(user)
