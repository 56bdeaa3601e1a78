"""The cracks for papers, recommendations and reports: as narrow as those for audits."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from learning.events.emptying import EMPTYINGS
from learning.events.emptying_rules import GONE, Emptying
from learning.models import AuditCycle, CycleReport, DisposalItem, LegalHold
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.recommendations.completion_models import Verification
from learning.retention import services
from learning.retention.holds import hold_back
from learning.retention.states import DisposalKind
from learning.retention.words import OF_RECOMMENDATION, OF_REPORT, PAPERS, Words
from tests.learning.retention.full_cycles import a_full_cycle
from tests.learning.retention.test_promises_and_disposal import refused

pytestmark = pytest.mark.django_db
BEYOND_CASES = ("papers", "recommendation", "report")
RULES = {
    rule.table: rule
    for rule in EMPTYINGS
    if isinstance(rule, Emptying) and rule.kind in BEYOND_CASES
}


@pytest.fixture
def old(person: Any) -> AuditCycle:
    return a_full_cycle("2019-Q1", 80)


@pytest.fixture
def young(person: Any) -> AuditCycle:
    return a_full_cycle("2022-Q1", 3)


@pytest.fixture
def lead(person: Any) -> StaffMember:
    return person(Role.LEAD_QA)


def approved(lead: StaffMember) -> Any:
    disposal = services.draw_up_list(drawn_up_by=lead)
    services.check_list(disposal=disposal, checked_by=lead)
    governance = StaffMember.objects.filter(groups__name=Role.INFORMATION_GOVERNANCE.label).first()
    return services.approve_list(disposal=disposal, approved_by=governance)


def promised(cycle: AuditCycle) -> Iterator[tuple[Words, Any]]:
    """Rows with words that the database keeps, of this cycle and of its recommendation."""
    for words in (*PAPERS, *OF_REPORT):
        if words.model._meta.db_table in RULES:
            yield words, words.of(cycle)
    for words in OF_RECOMMENDATION:
        if words.model._meta.db_table in RULES:
            yield words, words.of(cycle.recommendations.get())


def refuse_every_end(cycle: AuditCycle) -> None:
    for words, rows in promised(cycle):
        if words.columns == ("words_reason",):
            continue  # of a report the figures are promised: below
        if words.columns:
            refused(
                lambda rows=rows, words=words: rows.update(**dict.fromkeys(words.columns, GONE))
            )
        else:
            refused(rows.delete)
    reports = CycleReport.objects.filter(cycle=cycle)
    refused(lambda: reports.update(figures=[]))


def test_what_the_service_empties_is_what_the_database_allows(old: AuditCycle) -> None:
    seen = {words.model._meta.db_table: set(words.columns) for words, _ in promised(old)}
    assert seen == {table: set(rule.gone) for table, rule in RULES.items()}


def test_without_an_approved_list_nothing_goes(old: AuditCycle, lead: StaffMember) -> None:
    refuse_every_end(old)
    disposal = services.draw_up_list(drawn_up_by=lead)
    services.check_list(disposal=disposal, checked_by=lead)
    refuse_every_end(old)


def test_while_it_is_open_words_become_the_sentence_and_nothing_else(
    old: AuditCycle, lead: StaffMember
) -> None:
    approved(lead)
    for words, rows in promised(old):
        if words.columns == ("words_reason",):
            continue
        for value in ("Another word.", ""):
            changed = dict.fromkeys(words.columns, value)
            if changed:
                refused(lambda rows=rows, changed=changed: rows.update(**changed))
        if words.columns:
            refused(rows.delete)
    verifications = Verification.objects.filter(confirmation__recommendation__cycle=old)
    refused(lambda: verifications.update(words=GONE, is_accepted=False))
    rows = old.report.considerations.all()
    refused(lambda: rows.update(minute=GONE, decision="more_asked"))
    refused(lambda: old.report.parts.filter(number=7).update(text=GONE))
    reports = CycleReport.objects.filter(cycle=old)
    refused(lambda: reports.update(figures=[], signed_name="Another"))


def test_of_figures_whole_tables_go_and_none_is_changed(old: AuditCycle, lead: StaffMember) -> None:
    approved(lead)
    report = CycleReport.objects.get(cycle=old)
    rows, first = CycleReport.objects.filter(pk=report.pk), report.figures[0]
    forged = first | {"title": "Another title"}
    refused(lambda: rows.update(figures=[forged, *report.figures[1:]]))
    refused(lambda: rows.update(figures=[*report.figures, forged]))
    refused(lambda: rows.update(figures=[{"key": first["key"]}]))
    rows.update(figures=report.figures[1:], words_reason=GONE)
    services.carry_out()
    refused(lambda: rows.update(figures=[]))


def test_another_cycle_stays_as_it_is(
    old: AuditCycle, young: AuditCycle, lead: StaffMember
) -> None:
    approved(lead)
    refuse_every_end(young)


def test_a_hold_closes_the_crack(old: AuditCycle, lead: StaffMember) -> None:
    approved(lead)
    day = timezone.localdate() + timedelta(9)
    hold_back(about=old, reason="An inquiry", review_on=day, placed_by=lead)
    refuse_every_end(old)


def test_after_it_is_done_nothing_comes_back(old: AuditCycle, lead: StaffMember) -> None:
    approved(lead)
    services.carry_out()
    part = old.report.parts.filter(number=1)
    refused(lambda: part.update(text="Back again."))
    refused(lambda: Verification.objects.update(words="Back again."))


def test_neither_item_nor_hold_is_turned_to_another(
    old: AuditCycle, young: AuditCycle, lead: StaffMember
) -> None:
    disposal = services.draw_up_list(drawn_up_by=lead)
    another = young.recommendations.get()
    refused(
        lambda: disposal.items.filter(kind=DisposalKind.RECOMMENDATION).update(
            recommendation=another
        )
    )
    refused(lambda: disposal.items.filter(kind=DisposalKind.REPORT).update(cycle=young))
    with pytest.raises(IntegrityError), transaction.atomic():
        DisposalItem.objects.create(list=disposal, kind=DisposalKind.REPORT, recommendation=another)
    day = timezone.localdate() + timedelta(9)
    hold_back(about=old, reason="An inquiry", review_on=day, placed_by=lead)
    refused(lambda: LegalHold.objects.update(cycle=young))
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalHold.objects.create(cycle=old, reason="Twice", review_on=day, placed_by=lead)
