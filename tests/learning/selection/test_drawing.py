"""Seed, list, draw, certificate: in this order, once, and the same again (domain.md A6, A9–A10, E2)."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from learning.people.roles import Role
from learning.programme.states import CycleState
from learning.selection import drawing, leaving_out, loading
from learning.selection.certificate import file_of, what_is_wrong
from learning.selection.draw import DrawNotPossible, hash_of_seed
from learning.selection.files import read_file
from learning.selection.loading import FrameNotLoadable
from learning.selection.models import CaseFrame, CaseKey, FrameCase, SampledCase, SelectionDraw
from learning.selection.states import CaseState, ExclusionReason
from tests.learning.audit import a_cycle, a_sampled_case
from tests.learning.selection.conftest import (
    service_wants,
    the_proposal,
    usual_lists,
    workbook,
)

pytestmark = pytest.mark.django_db


def test_the_list_cannot_be_loaded_before_the_seed_is_fixed(cycle: Any, officer: Any) -> None:
    with pytest.raises(FrameNotLoadable, match="Fix the seed first"):
        loading.load_frame(cycle=cycle, read=read_file(workbook(usual_lists())), loaded_by=officer)
    assert not CaseFrame.objects.filter(draw__cycle=cycle).exists()


def test_the_seed_is_fixed_once_and_the_database_lets_nobody_change_it(
    cycle: Any, officer: Any
) -> None:
    draw = loading.promise_seed(cycle=cycle, promised_by=officer)
    assert draw.seed_hash == hash_of_seed(draw.seed)
    with pytest.raises(FrameNotLoadable, match="fixed already"):
        loading.promise_seed(cycle=cycle, promised_by=officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        SelectionDraw.objects.filter(pk=draw.pk).update(seed="chosen" * 8)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.QA_OFFICER])
def test_nobody_but_a_qa_officer_draws(frame: Any, cycle: Any, role: Role) -> None:
    from django.contrib.auth.models import Group

    from tests.learning.audit import a_person

    other = a_person(f"Only{role.value}", is_superuser=True)
    other.groups.add(Group.objects.get(name=role.label))
    with pytest.raises(PermissionDenied):
        loading.check_frame(frame=frame, checked_by=other)
    with pytest.raises(PermissionDenied):
        drawing.draw_sample(cycle=cycle, plan=the_proposal(frame), drawn_by=other)
    with pytest.raises(PermissionDenied):
        loading.throw_frame_away(frame=frame, thrown_by=other)


def test_a_list_is_not_drawn_from_before_somebody_says_that_it_is_right(
    frame: Any, cycle: Any, officer: Any
) -> None:
    with pytest.raises(DrawNotPossible, match="say that it is right"):
        drawing.draw_sample(cycle=cycle, plan=the_proposal(frame), drawn_by=officer)


def test_the_draw_covers_every_area_and_puts_reserves_beside(drawn: Any) -> None:
    sample = SampledCase.objects.filter(cycle=drawn, state=CaseState.DRAWN)
    assert sample.count() == 24
    assert set(sample.values_list("area__code", flat=True)) == {
        "initial_contact",
        "family_support_early_help",
        "child_in_need",
        "child_protection",
        "looked_after",
        "care_leaver",
        "adoption",
    }
    assert sample.filter(area__code="initial_contact").count() >= 2
    assert SampledCase.objects.filter(cycle=drawn, state=CaseState.RESERVE).exists()
    assert sample.filter(ref="2031-Q1-CP-01").exists()


def test_a_draw_is_made_once_and_never_changes_once_confirmed(
    drawn: Any, frame: Any, officer: Any
) -> None:
    with pytest.raises(DrawNotPossible, match="drawn already"):
        drawing.draw_sample(cycle=drawn, plan=the_proposal(frame), drawn_by=officer)
    with pytest.raises(FrameNotLoadable, match="stays as it is"):
        loading.throw_frame_away(frame=frame, thrown_by=officer)
    drawing.confirm_draw(cycle=drawn, confirmed_by=officer)
    assert not SampledCase.objects.filter(cycle=drawn, state=CaseState.DRAWN).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        SelectionDraw.objects.filter(cycle=drawn).update(certificate={})
    with pytest.raises(DrawNotPossible):
        drawing.confirm_draw(cycle=drawn, confirmed_by=officer)


def test_an_area_without_a_case_needs_a_reason(frame: Any, cycle: Any, officer: Any) -> None:
    loading.check_frame(frame=frame, checked_by=officer)
    with pytest.raises(DrawNotPossible, match="Fostering"):
        drawing.draw_sample(cycle=cycle, plan=the_proposal(frame, not_covered={}), drawn_by=officer)
    assert not SampledCase.objects.filter(cycle=cycle).exists()


def test_initial_contacts_are_never_left_out(frame: Any, cycle: Any, officer: Any) -> None:
    loading.check_frame(frame=frame, checked_by=officer)
    plan = the_proposal(frame)
    targets = {name: 0 if "contact" in name else n for name, n in plan.targets.items()}
    reasons = {**(plan.not_covered or {}), "initial_contact": "We would rather not."}
    with pytest.raises(DrawNotPossible, match="at least 2 initial contacts"):
        drawing.draw_sample(
            cycle=cycle,
            plan=the_proposal(frame, targets=targets, not_covered=reasons, reason="Fewer."),
            drawn_by=officer,
        )


def test_changed_numbers_need_a_reason_which_the_certificate_holds(
    frame: Any, cycle: Any, officer: Any
) -> None:
    loading.check_frame(frame=frame, checked_by=officer)
    targets = the_proposal(frame).targets
    stratum = next(iter(targets))
    changed = {**targets, stratum: targets[stratum] - 1}
    with pytest.raises(DrawNotPossible, match="say why"):
        drawing.draw_sample(
            cycle=cycle, plan=the_proposal(frame, targets=changed), drawn_by=officer
        )
    draw = drawing.draw_sample(
        cycle=cycle,
        plan=the_proposal(frame, targets=changed, reason="One pair fewer."),
        drawn_by=officer,
    )
    assert draw.certificate["reason_for_other_targets"] == "One pair fewer."


def test_what_was_left_out_is_never_drawn_and_stands_in_the_certificate(
    frame: Any, cycle: Any, officer: Any
) -> None:
    service_wants(cases_in_a_draw=200, reserves_in_a_stratum=50)
    case = frame.cases.filter(area__code="child_protection").first()
    leaving_out.exclude_case(case=case, reason=ExclusionReason.COURT, excluded_by=officer)
    loading.check_frame(frame=frame, checked_by=officer)
    draw = drawing.draw_sample(cycle=cycle, plan=the_proposal(frame), drawn_by=officer)
    assert not SampledCase.objects.filter(case=case).exists()
    assert draw.certificate["excluded"] == {case.pseudonym: "court"}
    with pytest.raises(FrameNotLoadable):
        leaving_out.exclude_case(case=case, reason=ExclusionReason.COURT, excluded_by=officer)


def test_of_brothers_and_sisters_one_stands_in_the_draw(
    frame: Any, cycle: Any, officer: Any
) -> None:
    service_wants(cases_in_a_draw=200, reserves_in_a_stratum=50)
    loading.check_frame(frame=frame, checked_by=officer)
    draw = drawing.draw_sample(cycle=cycle, plan=the_proposal(frame), drawn_by=officer)
    families = SampledCase.objects.filter(area__code="adoption").values_list(
        "case__family", flat=True
    )
    assert len(families) == len(set(families)) == 3
    assert len(draw.certificate["left_aside_as_siblings"]) == 3


def test_a_case_that_was_audited_in_the_last_year_is_left_out_by_itself(
    cycle: Any, officer: Any
) -> None:
    earlier = a_cycle(
        "2030-Q4", CycleState.CLOSED, cycle.first_day.replace(year=cycle.first_day.year)
    )
    audited = a_sampled_case(earlier, state=CaseState.COMPLETE)
    CaseKey.objects.create(case=audited.case, council_id="07007001")
    loading.promise_seed(cycle=cycle, promised_by=officer)
    frame = loading.load_frame(
        cycle=cycle, read=read_file(workbook(usual_lists())), loaded_by=officer
    )
    (left_out,) = frame.cases.exclude(excluded="")
    assert left_out.excluded == ExclusionReason.AUDITED_RECENTLY
    with pytest.raises(FrameNotLoadable, match="by rule"):
        leaving_out.take_back_exclusion(case=left_out, taken_back_by=officer)


def test_the_certificate_draws_again_and_names_what_was_changed(
    drawn: Any, tmp_path: Path, capsys: Any
) -> None:
    path = tmp_path / "certificate.json"
    content = file_of(SelectionDraw.objects.get(cycle=drawn).certificate)
    path.write_bytes(content)
    call_command("verify_draw", str(path))
    assert "the same, bit for bit" in capsys.readouterr().out

    certificate = json.loads(content)
    for change, sentence in (
        ({"seed": "f" * 64}, "The seed is not the one"),
        ({"frame": certificate["frame"][1:]}, "The list of cases is not the one"),
        ({"drawn_at": "2031-01-01T00:00:00"}, "This part is not as the portal holds it: drawn_at"),
        ({"strata": certificate["strata"][1:]}, "comes out otherwise"),
        ({"cycle": "2099-Q1"}, "the fingerprint does not fit"),
    ):
        path.write_bytes(file_of(certificate | change))
        with pytest.raises(CommandError, match=sentence):
            call_command("verify_draw", str(path))


def test_any_changed_byte_of_a_certificate_is_found(drawn: Any) -> None:
    content = file_of(SelectionDraw.objects.get(cycle=drawn).certificate)
    assert what_is_wrong(content) == []
    for place in range(0, len(content), 97):
        changed = bytearray(content)
        changed[place] ^= 1
        assert what_is_wrong(bytes(changed)), place
    assert what_is_wrong(content[:-1])
    assert what_is_wrong(content.replace(b",", b", ", 1))
    assert what_is_wrong(b"[]")
    assert what_is_wrong(b"\xff")


def test_the_certificate_holds_no_number_of_the_council(drawn: Any) -> None:
    text = file_of(SelectionDraw.objects.get(cycle=drawn).certificate).decode()
    numbers = CaseKey.objects.filter(case__frame__draw__cycle=drawn).values_list(
        "council_id", flat=True
    )
    assert len(numbers) == 42
    assert not [number for number in numbers if number in text]


def test_the_frame_hash_is_of_what_was_loaded(frame: Any) -> None:
    before = frame.frame_hash
    assert before == loading.hash_of_frame(loading.candidates_of(frame))
    FrameCase.objects.filter(frame=frame).first().delete()
    assert loading.hash_of_frame(loading.candidates_of(frame)) != before
