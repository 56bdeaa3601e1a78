"""What the pages about drawn cases show, and what waits for whom."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from learning.access.work import WorkItem, WorkKind
from learning.programme.models import AuditCycle
from learning.programme.settings import AuditSettings
from learning.programme.states import WHAT_HAPPENS_NOW, CycleState
from learning.selection.models import AttendanceConfirmation, SampledCase
from learning.selection.office import office_work
from learning.selection.states import TO_CONFIRM, CaseState
from learning.selection.timing import TO_PREPARE


def cases_for(user: Any, cycle: AuditCycle) -> QuerySet[SampledCase]:
    """The sampled cases of a cycle that this person may see, with all that a list shows; no reserves."""
    return with_preparation(
        SampledCase.objects.visible_to(user).filter(cycle=cycle).exclude(state=CaseState.RESERVE)
    )


def with_preparation(cases: QuerySet[SampledCase]) -> QuerySet[SampledCase]:
    """The cases with area, worker, pair and confirmations, in a constant number of queries."""
    attendances = AttendanceConfirmation.objects.select_related("day")
    return cases.select_related("cycle", "area", "team", "worker", "pair").prefetch_related(
        "recording_confirmations", Prefetch("attendance_confirmations", attendances)
    )


STILL_PREPARING = (CaseState.CONFIRMED, CaseState.WORKER_NOTIFIED)


def to_chase(cases: QuerySet[SampledCase]) -> QuerySet[SampledCase]:
    """Of these cases, those whose worker has not confirmed yet (domain.md A7)."""
    return cases.filter(state__in=STILL_PREPARING)


def counts_by_state(cycle: AuditCycle) -> Counter[str]:
    """How many cases of the cycle are in which state."""
    return Counter(cycle.sample.values_list("state", flat=True))


def may_see_cases(user: Any, cycle: AuditCycle) -> bool:
    """Whether there is anything in the list of cases for this person."""
    return SampledCase.objects.visible_to(user).filter(cycle=cycle).exists()


def waiting_for(person: Any) -> list[WorkItem]:
    """What the preparation of cases asks of this person: to confirm, or to see that others do."""
    waiting = list(
        SampledCase.objects.filter(
            Q(worker=person) | Q(worker__line_manager=person),
            state=CaseState.WORKER_NOTIFIED,
            cycle__state__in=TO_PREPARE,
        )
        .select_related("cycle")
        .prefetch_related("cycle__days")
    )
    if not waiting:
        return office_work(person)
    notice = timedelta(days=AuditSettings.load().confirm_days_before)
    own = [case for case in waiting if case.worker_id == person.pk]
    managed = [case for case in waiting if case.worker_id != person.pk]
    prepare = [_to_prepare(case, notice) for case in own]
    return [*office_work(person), *prepare, *_to_chase_up(managed, notice)]


def _to_prepare(case: SampledCase, notice: timedelta) -> WorkItem:
    return WorkItem(
        title=f"Prepare for the audit of {case.ref}",
        url=reverse("selection:prepare", args=[case.ref]),
        kind=WorkKind.PREPARE,
        words="Bring the recording up to date, and say which day suits you.",
        due=_due(case.cycle, notice),
    )


def _to_chase_up(managed: list[SampledCase], notice: timedelta) -> list[WorkItem]:
    """One item for each cycle in which somebody whom the person manages has not confirmed."""
    cycles = {case.cycle_id: case.cycle for case in managed}
    counts = Counter(case.cycle_id for case in managed)
    return [
        WorkItem(
            title=f"Your team in {cycle.ref}: preparation of {cases_in_words(counts[pk])} not confirmed",
            url=reverse("selection:cases", args=[cycle.ref]) + "?show=chase",
            kind=WorkKind.PREPARE,
            words="See whose recording and attendance are still open.",
            due=_due(cycle, notice),
        )
        for pk, cycle in cycles.items()
    ]


def cases_in_words(count: int) -> str:
    return "1 case" if count == 1 else f"{count} cases"


def _due(cycle: AuditCycle, notice: timedelta) -> date | None:
    """T−5 of the cycle."""
    return cycle.first_day - notice if cycle.first_day else None


def tabs_of(cases: QuerySet[SampledCase], cycle: AuditCycle, chase: bool) -> list[dict[str, Any]]:
    """The two views of the list with their counts, in one query."""
    states = list(cases.values_list("state", flat=True))
    url = reverse("selection:cases", args=[cycle.ref])
    waiting = sum(1 for state in states if state in STILL_PREPARING)
    return [
        {"title": "All cases", "url": url, "count": len(states), "current": not chase},
        {
            "title": "Still to prepare",
            "url": f"{url}?show=chase",
            "count": waiting,
            "current": chase,
        },
    ]


def replacement_of(case: SampledCase) -> SampledCase | None:
    """The reserve that stepped in for this case, if one did."""
    return SampledCase.objects.filter(replaces=case).first()


NOW = {
    CaseState.DRAWN: "It was drawn. The QA officer confirms the draw next.",
    CaseState.CONFIRMED: "The draw is confirmed. The worker is told next.",
    CaseState.WORKER_NOTIFIED: "The worker brings the recording up to date and says which day suits.",
    CaseState.READY: "Recording and attendance are confirmed. The case is given to a pair next.",
    CaseState.ALLOCATED: "It is with a pair, who open it on the first day.",
    CaseState.AUDITING: "The pair reads the record and talks with the worker.",
    CaseState.AUDITED: "The submission is through quality assurance. The family is asked next.",
    CaseState.FEEDBACK_DONE: "The family’s views are in. The lead completes the case.",
    CaseState.COMPLETE: "Nothing more is asked of anybody.",
    CaseState.EXCLUDED: "It was taken out of the sample. It is not audited in this cycle.",
    CaseState.WITHDRAWN: "It was withdrawn. It is not audited in this cycle.",
    CaseState.RESERVE: "It stands by, and steps in if a case of its area and team falls out.",
}


def what_happens_now(case: SampledCase, *, is_own: bool) -> str:
    """What comes next for this case, in a sentence."""
    if case.state in TO_CONFIRM and case.cycle.state not in TO_PREPARE:
        return WHAT_HAPPENS_NOW[CycleState(case.cycle.state)]
    if is_own and case.state == CaseState.WORKER_NOTIFIED:
        return (
            "Bring the recording up to date, and say which day suits you to talk with the auditors."
        )
    return NOW[CaseState(case.state)]
