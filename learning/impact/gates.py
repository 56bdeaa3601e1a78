"""What the planned tests say to a list before children are set apart to be audited again (domain.md A71)."""

from learning.impact.models import ImpactTest
from learning.programme import gates
from learning.programme.models import AuditCycle
from learning.selection.leaving_out import RE_AUDIT


def no_test_planned(cycle: AuditCycle) -> list[str]:
    """Gate of a re-audit: this cycle asks a question again."""
    if ImpactTest.objects.filter(cycle=cycle).exists():
        return []
    return [
        f"{cycle} does not test yet whether anything has changed. Plan that with a recommendation first: a "
        "re-audit needs its question."
    ]


def connect() -> None:
    """Called once when the app is ready."""
    gates.hold(RE_AUDIT, no_test_planned)
