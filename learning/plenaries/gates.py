"""What the plenaries say before a cycle goes on (domain.md E1)."""

from learning.plenaries.models import NothingToRecommend, PlenaryNote
from learning.plenaries.services import recommended_in
from learning.programme.models import AuditCycle

ASK_FOR_RECOMMENDATIONS = (
    "Draft what the plenary recommends to the organisation, or say why there is nothing "
    "to recommend."
)


def plenaries_missing(cycle: AuditCycle) -> list[str]:
    """Gate of `finish_days`: each day's plenary is written down, and something is recommended or the lead
    has said why not."""
    written = PlenaryNote.objects.of(cycle).written().values("day")
    days = cycle.days.exclude(pk__in=written)
    missing = [
        f"Write down what the plenary of the {day.get_number_display().lower()} said: strengths, and what "
        "needs to develop."
        for day in days
    ]
    return missing if has_recommended(cycle) else [*missing, ASK_FOR_RECOMMENDATIONS]


def has_recommended(cycle: AuditCycle) -> bool:
    """Whether something is drafted beyond the cases, or it is said why nothing is."""
    is_none = NothingToRecommend.objects.filter(cycle=cycle).exists()
    return is_none or recommended_in(cycle).exists()
