"""Where a cycle's page and the list of cycles lead on to: draw, submissions, families,
recommendations, reviews."""

from typing import Any

from django.urls import reverse

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.hours.permissions import user_can_see_all, user_works_for
from learning.plenaries.permissions import NOT_HELD, user_takes_part
from learning.process_review.models import ProcessReview
from learning.process_review.states import SHOWN_TO_ALL
from learning.programme.models import AuditCycle
from learning.programme.states import BEFORE_THE_DRAW
from learning.programme.ways_on import WayOn, offer, offer_from_list
from learning.reflections.services import NOT_YET
from learning.reports.models import CycleReport


def of_selection(cycle: AuditCycle, person: Any) -> list[WayOn]:
    """The draw and the drawn cases, from the draw on."""
    if cycle.state in BEFORE_THE_DRAW:
        return []
    ways = []
    if holds(person, Right.SEE_DRAW):
        ways.append(WayOn("The draw", reverse("selection:draw", args=[cycle.ref])))
    if holds(person, Right.SEE_CASES):
        ways.append(WayOn("Drawn cases", reverse("selection:cases", args=[cycle.ref])))
    return ways


def of_forms(cycle: AuditCycle, person: Any) -> list[WayOn]:
    """Which forms its auditors fill in, for leads, until the cycle is over."""
    if cycle.is_over or not holds(person, Right.KEEP_FORMS):
        return []
    return [WayOn("The forms", reverse("proforma:choose", args=[cycle.ref]))]


def of_submissions(cycle: AuditCycle, person: Any) -> list[WayOn]:
    """The list of submissions, for those who read them by their role."""
    if cycle.state in BEFORE_THE_DRAW or not holds(person, Right.READ_SUBMISSION):
        return []
    return [WayOn("Submissions", reverse("submissions:list"))]


def of_feedback(cycle: AuditCycle, person: Any) -> list[WayOn]:
    """The list of families who are asked, for those who read what they said by their role."""
    if cycle.state in BEFORE_THE_DRAW or not holds(person, Right.READ_FAMILY_FEEDBACK):
        return []
    return [WayOn("Family feedback", reverse("feedback:list"))]


def of_plenaries(cycle: AuditCycle, person: Any) -> list[WayOn]:
    """What was said together, from the first day on, for those who take part in it."""
    if cycle.state in NOT_HELD or not user_takes_part(person, cycle):
        return []
    return [WayOn("Plenary", reverse("plenaries:cycle", args=[cycle.ref]))]


def of_hours(cycle: AuditCycle, person: Any) -> list[WayOn]:
    """Those of all, for whoever weighs what a cycle took; one's own for whoever works for it."""
    if user_can_see_all(person):
        return [WayOn("Hours", reverse("hours:cycle", args=[cycle.ref]))]
    if user_works_for(person, cycle):
        return [WayOn("Your hours", reverse("hours:own", args=[cycle.ref]))]
    return []


def of_reflections(cycle: AuditCycle, person: Any) -> list[WayOn]:
    """One's own reflection, for those who audit in the cycle, from the first day on."""
    if cycle.state in NOT_YET or not cycle.team.filter(person=person).exists():
        return []
    return [
        WayOn("Your reflection", reverse("reflections:write", args=[cycle.ref])),
        WayOn("Your record of learning", reverse("reflections:record")),
    ]


def of_recommendations(cycle: AuditCycle, person: Any) -> list[WayOn]:
    """The cycle's recommendations in the register."""
    if cycle.state in BEFORE_THE_DRAW or not holds(person, Right.SEE_RECOMMENDATIONS):
        return []
    return [WayOn("Recommendations", f"{reverse('recommendations:register')}?cycle={cycle.ref}")]


def of_escalations(cycle: AuditCycle, person: Any) -> list[WayOn]:
    """What could not wait, for the office that sees to it."""
    if cycle.state in BEFORE_THE_DRAW or not holds(person, Right.ESCALATION_REGISTER):
        return []
    return [WayOn("Escalations", reverse("escalations:list"))]


def of_letters(cycle: AuditCycle, person: Any) -> list[WayOn]:
    """Letters of thanks, for the office that sees to them."""
    if cycle.state in BEFORE_THE_DRAW or not holds(person, Right.LETTER_REGISTER):
        return []
    return [WayOn("Letters", reverse("letters:list"))]


def of_process_review(cycle: AuditCycle, person: Any) -> list[WayOn]:
    """How the audit itself was, for those who read the answers."""
    if cycle.is_before_the_days or not holds(person, Right.SEE_PROCESS_REVIEW):
        return []
    return [WayOn("The audit itself", reverse("process_review:round", args=[cycle.ref]))]


def of_reports(cycle: AuditCycle, person: Any) -> list[WayOn]:
    """The cycle's report, for those who may read it by now; figures and reports of all cycles."""
    ways = []
    if CycleReport.objects.visible_to(person).filter(cycle=cycle).exists():
        ways.append(WayOn("The report", reverse("reports:report", args=[cycle.ref])))
    if holds(person, Right.READ_REPORT_SUMMARY):
        ways.append(WayOn("Reports of all cycles", reverse("reports:list")))
    if holds(person, Right.SEE_FIGURES):
        ways.append(WayOn("Figures", reverse("figures:list")))
    return ways


def of_all_years(person: Any) -> list[WayOn]:
    """Spot checks, reviews of the audit itself, and what was decided in the latest."""
    ways = []
    if holds(person, Right.SEE_SPOT_CHECK_ROUNDS):
        ways.append(WayOn("Spot checks", reverse("spot_checks:list")))
    if holds(person, Right.SEE_PROCESS_REVIEW):
        ways.append(WayOn("The audit itself", reverse("process_review:list")))
    decided = ProcessReview.objects.filter(state__in=SHOWN_TO_ALL).select_related("programme")
    if latest := decided.first():
        address = reverse("process_review:changes", args=[latest.programme.year])
        ways.append(WayOn("What changes about the audit", address))
    return ways


FINDERS = (
    of_forms,
    of_selection,
    of_submissions,
    of_plenaries,
    of_feedback,
    of_recommendations,
    of_escalations,
    of_letters,
    of_hours,
    of_reflections,
    of_reports,
    of_process_review,
)


def connect() -> None:
    """Called once when the app is ready."""
    for finder in FINDERS:
        offer(finder)
    offer_from_list(of_all_years)
