"""A spot check is kept as long as an audit: then its words go, what was counted stays (domain.md A76, D8)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.models import AuditCycle, AuditSubmission, DisposalItem, LegalHold, SpotCheck, Theme
from learning.people.models import StaffMember
from learning.retention import services
from learning.retention.holds import end_hold, hold_back
from learning.retention.states import DisposalKind
from learning.retention.words_of_audits import OF_SPOT_CHECK
from learning.selection.models import CaseKey, FrameCase
from learning.spot_checks.selectors import counted_for
from learning.spot_checks.states import SpotCheckState
from tests.learning.audit import a_person, a_sampled_case, a_spot_check
from tests.learning.retention.conftest import (
    CANARY,
    WORDS,
    Kept,
    an_old_look,
    approved,
    escalate,
    texts_of,
    words_left,
)
from tests.learning.retention.test_disposing import everywhere, forgotten, titles
from tests.learning.retention.test_promises_and_disposal import refused

pytestmark = pytest.mark.django_db
KIND = DisposalKind.SPOT_CHECK


def a_full_check(of: AuditSubmission, state: str = SpotCheckState.FOLDED) -> SpotCheck:
    """A spot check with words in every field, reported by the cycle of this audit."""
    auditor, cycle = a_person(f"Checks{of.pk}{state}"), of.case.cycle
    case = a_sampled_case(cycle, worker=a_person(f"Checked{of.pk}{state}"))
    check = a_spot_check(case.case, auditor)
    FrameCase.objects.filter(pk=case.case_id).update(excluded_words=WORDS, apart_words=WORDS)
    entry = check.entries.create(
        section=check.form.sections.first(), saw=WORDS, means=WORDS, kind="strength"
    )
    entry.themes.add(Theme.objects.order_by("pk")[0])
    check.reviews.create(reviewer=auditor, outcome="signed_off", words=WORDS)
    escalate(auditor, ref=f"{check.ref}-E", cycle=cycle, spot_check=check)
    folded = {"folded_into": cycle, "folded_at": timezone.now()} if state == "folded" else {}
    rows = SpotCheck.objects.filter(pk=check.pk)
    rows.update(state=state, has_immediate_concern=True, **folded)
    return rows.get()


@pytest.fixture
def old(kept: Kept) -> SpotCheck:
    return a_full_check(kept.old)


@pytest.fixture
def young(kept: Kept) -> SpotCheck:
    return a_full_check(kept.young)


def test_the_fixture_has_a_word_in_every_field(old: SpotCheck) -> None:
    for rows, names in texts_of(OF_SPOT_CHECK, old):
        for name in names:
            assert rows.filter(**{f"{name}__contains": CANARY}).exists(), (rows.model, name)


def test_every_text_of_a_spot_check_is_thought_of(old: SpotCheck) -> None:
    assert not forgotten(SpotCheck, texts_of(OF_SPOT_CHECK, old))


def test_its_words_go_by_two_people_and_what_was_counted_stays(
    kept: Kept, old: SpotCheck, young: SpotCheck, sign_in: Any
) -> None:
    before = counted_for(old.folded_into)
    lead = sign_in(kept.lead)
    lead.post(reverse("retention:draw_up"))
    disposal = DisposalItem.objects.get(kind=KIND).list
    page = lead.get(disposal.get_absolute_url()).text
    assert old.ref in page and young.ref not in page
    assert f"hold/?audit={old.ref}" in page
    assert "Spot check: what was written in it" in lead.get(reverse("retention:overview")).text
    services.check_list(disposal=disposal, checked_by=kept.lead)
    services.carry_out()
    assert words_left(OF_SPOT_CHECK, old), "not before it was approved"
    services.approve_list(disposal=disposal, approved_by=kept.governance)
    services.carry_out()
    assert not words_left(OF_SPOT_CHECK, old) and words_left(OF_SPOT_CHECK, young)
    old.refresh_from_db()
    assert old.state == SpotCheckState.DISPOSED
    assert old.escalations.get().action == "Disposed of."
    assert counted_for(old.folded_into) == before
    item = DisposalItem.objects.get(kind=KIND)
    assert item.counts["escalations"] == 1
    page = lead.get(disposal.get_absolute_url()).text
    assert "Certificate of disposal" in page and old.ref in page
    shown = lead.get(old.get_absolute_url()).text
    assert "What was written in it is gone" in shown and CANARY not in shown
    assert sign_in(old.worker).get(old.get_absolute_url()).status_code == 404


def test_not_one_word_of_it_is_left_anywhere(kept: Kept, old: SpotCheck) -> None:
    approved(kept)
    services.carry_out()
    AuditCycle.objects.filter(pk=kept.young.case.cycle_id).update(
        closed_at=timezone.now() - timedelta(days=31 * 40)
    )
    approved(kept)
    services.carry_out()
    assert everywhere(CANARY) == set()


@pytest.mark.parametrize("state", ["set_aside", "quality_assured", "drawn"])
def test_what_went_into_no_report_goes_with_its_rounds_cycle(kept: Kept, state: str) -> None:
    check = a_full_check(kept.old, state)
    approved(kept)
    services.carry_out()
    assert not words_left(OF_SPOT_CHECK, check)


def test_what_a_later_report_counted_is_kept_as_long_as_that(kept: Kept, old: SpotCheck) -> None:
    late = a_full_check(kept.old, SpotCheckState.QUALITY_ASSURED)
    SpotCheck.objects.filter(pk=late.pk).update(
        state="folded", folded_into=kept.young.case.cycle, folded_at=timezone.now()
    )
    assert [item.spot_check for item in approved(kept).items.filter(kind=KIND)] == [old]


def test_a_concern_that_nobody_verified_keeps_it(kept: Kept) -> None:
    check = a_full_check(kept.old)
    again = {"raised_by": kept.lead, "cycle": kept.old.case.cycle}
    check.escalations.create(ref="another", **again)
    assert not approved(kept).items.filter(kind=KIND).exists()


def test_a_hold_keeps_it_its_number_and_its_log(kept: Kept, old: SpotCheck, sign_in: Any) -> None:
    CaseKey.objects.create(case=old.case, council_id="CH0002")
    an_old_look(object_type="learning.spotcheck", object_id=str(old.pk))
    disposal = approved(kept)
    later = timezone.localdate() + timedelta(days=90)
    answer = sign_in(kept.lead).post(
        reverse("retention:hold_back"),
        {
            "reference": old.ref.lower(),
            "reason": "An inquiry asks for it.",
            "review_on_day": later.day,
            "review_on_month": later.month,
            "review_on_year": later.year,
        },
    )
    assert answer.status_code == 302
    services.carry_out()
    assert words_left(OF_SPOT_CHECK, old)
    assert disposal.items.get(kind=KIND).left_out_because == services.HELD
    assert CaseKey.objects.filter(case=old.case).exists()
    looks = AccessEvent.objects.filter(object_type="learning.spotcheck")
    assert looks.filter(action="viewed", object_id=str(old.pk)).exists()
    refused(looks.filter(object_id=str(old.pk)).delete)
    hold = LegalHold.objects.get()
    page = sign_in(kept.governance).get(hold.get_absolute_url())
    assert old.ref in page.text
    LegalHold.objects.update(review_on=timezone.localdate())
    assert f"Look again at why {old.ref} is held back" in titles(kept.governance)
    end_hold(hold=hold, reason="It is over.", ended_by=kept.governance)
    approved(kept)
    services.carry_out()
    assert not words_left(OF_SPOT_CHECK, old)


def test_the_list_names_a_wrong_reference(kept: Kept, sign_in: Any) -> None:
    answer = sign_in(kept.lead).post(reverse("retention:hold_back"), {"reference": "2021-Q1-S9-01"})
    assert answer.status_code == 422
    assert "There is no audit, spot check or cycle with this reference" in answer.text


def promised(check: SpotCheck) -> list[Any]:
    """The texts that the database keeps; words on a list of cases are those of a draw, and no promise."""
    return [text for text in texts_of(OF_SPOT_CHECK, check) if text[0].model is not FrameCase]


def test_the_database_lets_its_words_go_in_this_way_alone(
    kept: Kept, old: SpotCheck, young: SpotCheck
) -> None:
    texts = promised(old)

    def refuse_all(value: str) -> None:
        for rows, names in texts:
            refused(lambda rows=rows, names=names: rows.update(**{names[0]: value}))

    refuse_all("")
    rows = SpotCheck.objects.filter(pk=old.pk)
    refused(lambda: rows.update(state="disposed"))
    approved(kept)
    refuse_all("Another word.")
    refused(lambda: rows.update(state="drawn"))
    refused(lambda: rows.update(state="disposed", version=9))
    refused(lambda: old.entries.update(means="", kind="mixed"))
    refused(lambda: old.entries.all()._raw_delete("default"))
    refused(lambda: old.escalations.update(evidence="Another word."))
    for others, names in promised(young):
        refused(lambda others=others, names=names: others.update(**{names[0]: ""}))
    hold_back(
        about=old,
        reason="An inquiry",
        review_on=timezone.localdate() + timedelta(days=9),
        placed_by=kept.lead,
    )
    refuse_all("")


def test_neither_item_nor_hold_can_be_turned_to_another(
    kept: Kept, old: SpotCheck, young: SpotCheck
) -> None:
    disposal = services.draw_up_list(drawn_up_by=kept.lead)
    items = disposal.items.filter(kind=KIND)
    refused(lambda: items.update(spot_check=young))
    refused(lambda: items.update(spot_check=None, submission=kept.young))
    refused(lambda: DisposalItem.objects.create(list=disposal, kind=KIND, submission=kept.young))
    hold_back(
        about=old,
        reason="An inquiry",
        review_on=timezone.localdate() + timedelta(days=9),
        placed_by=kept.lead,
    )
    refused(lambda: LegalHold.objects.update(spot_check=young))
    refused(lambda: LegalHold.objects.update(submission=kept.old))


def test_only_they_hold_it_back_who_may(old: SpotCheck, sign_in: Any, kept: Kept) -> None:
    worker: StaffMember = old.worker
    answer = sign_in(worker).post(reverse("retention:hold_back"), {"reference": old.ref})
    assert answer.status_code == 403
