"""The models of the programme, by subject; each stands in the file that its subject names."""

from learning.programme.countdown_models import CountdownTask, TimetableEntry
from learning.programme.cycle_models import (
    DAYS_OF_A_CYCLE,
    USUAL_CYCLES,
    AuditCycle,
    AuditDay,
    AuditProgramme,
    CycleFocus,
)
from learning.programme.team_models import (
    Acknowledgement,
    AuditorExpression,
    AuditorReadiness,
    AuditPair,
    AuditTeamMember,
    ConflictDeclaration,
    PreparationReview,
)

__all__ = [
    "DAYS_OF_A_CYCLE",
    "USUAL_CYCLES",
    "Acknowledgement",
    "AuditCycle",
    "AuditDay",
    "AuditPair",
    "AuditProgramme",
    "AuditTeamMember",
    "AuditorExpression",
    "AuditorReadiness",
    "ConflictDeclaration",
    "CountdownTask",
    "CycleFocus",
    "PreparationReview",
    "TimetableEntry",
]
