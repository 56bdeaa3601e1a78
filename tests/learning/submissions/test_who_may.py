"""Attacks on who may read, write, assure and answer a submission."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.events.steps import StepNotPossible
from learning.people.models import StaffMember, Team
from learning.people.roles import Role
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.selection.allocating import reallocate
from learning.selection.models import SampledCase
from learning.submissions.assuring import send_back, sign_off
from learning.submissions.finishing import end_reply_time, reply_as_worker
from learning.submissions.grants import end_grants_of_cycle, grant_to_worker
from learning.submissions.models import AuditSubmission, SubmissionGrant
from learning.submissions.opening import CaseNotToBeOpened, open_case
from learning.submissions.states import OPEN_TO_READERS, SubmissionState
from learning.submissions.submitting import SubmissionNotReady, confirm_text
from learning.submissions.urgent import answer_urgent_question
from tests.learning.audit import a_pair, a_person, a_prepared_person
from tests.learning.submissions.conftest import Audit, acknowledge

pytestmark = pytest.mark.django_db
State = SubmissionState


def in_state(audit: Audit, state: str) -> AuditSubmission:
    AuditSubmission.objects.filter(pk=audit.submission.pk).update(state=state)
    return audit.fresh()


def readers(audit: Audit) -> set[str]:
    """Which of these people find the submission."""
    people = {
        "first": audit.first,
        "worker": audit.worker,
        "manager": audit.manager,
        "lead": audit.lead,
        "stranger": a_person(f"Stranger{StaffMember.objects.count()}"),
    }
    return {
        name
        for name, person in people.items()
        if AuditSubmission.objects.visible_to(person).filter(pk=audit.submission.pk).exists()
    }


def test_reading_opens_step_by_step(opened: Audit) -> None:
    assert readers(opened) == {"first"}
    submission = in_state(opened, State.SUBMITTED)
    assert readers(opened) == {"first", "lead"}
    sign_off(submission=submission, reviewer=opened.lead)
    assert readers(opened) == {"first", "lead", "worker", "manager"}


def test_reading_follows_the_line(opened: Audit) -> None:
    sign_off(submission=in_state(opened, State.SUBMITTED), reviewer=opened.lead)
    new = a_person("Successor")
    visible = AuditSubmission.objects.visible_to(new)
    assert not visible.exists()
    StaffMember.objects.filter(pk=opened.worker.pk).update(line_manager=new)
    assert readers(opened) == {"first", "lead", "worker"}, "the one before reads no more"
    assert visible.get() == opened.submission
    StaffMember.objects.filter(pk=opened.worker.pk).update(line_manager=None)
    assert not visible.all().exists()


@pytest.mark.parametrize("state", [s for s in State if s not in OPEN_TO_READERS])
def test_the_line_manager_reads_nothing_before_and_nothing_that_is_gone(
    state: State, opened: Audit
) -> None:
    in_state(opened, state)
    assert "manager" not in readers(opened)


def test_a_superuser_reads_nothing_by_that(opened: Audit, sign_in: Callable[..., Client]) -> None:
    boss = a_person("Boss", is_superuser=True)
    answer = sign_in(boss).get(f"/audits/submissions/{opened.ref}/read/")
    assert answer.status_code == 404
    assert AccessEvent.objects.filter(user_id=boss.pk, action="refused").exists()


def test_auditors_stop_reading_some_days_after_the_cycle_closed(opened: Audit) -> None:
    grant_to_worker(submission=opened.submission, granted_by=opened.lead)
    cycle = opened.submission.case.cycle
    cycle.closed_at = timezone.now() - timezone.timedelta(days=60)
    assert end_grants_of_cycle(cycle=cycle) == 2
    assert readers(opened) == {"worker"}
    cycle.closed_at = timezone.now()
    end_grants_of_cycle(cycle=cycle)
    assert "first" in readers(opened)


def test_another_pair_takes_over_and_the_first_reads_no_more(opened: Audit) -> None:
    opened.write("voice", saw="She asked for her aunt.")
    third, fourth = give_to_another_pair(opened)
    assert readers(opened) == set()
    granted = SubmissionGrant.objects.filter(content_object=opened.submission)
    assert {grant.user for grant in granted} == {third, fourth}
    with pytest.raises(PermissionDenied):
        opened.write("voice", saw="Later")
    entry = opened.submission.entries.get(section__key="voice")
    assert (entry.saw, entry.written_by) == ("She asked for her aunt.", opened.first)


def give_to_another_pair(audit: Audit) -> tuple[StaffMember, StaffMember]:
    """The two who audit it from now on."""
    case = audit.fresh().case
    people = a_prepared_person("Third"), a_prepared_person("Fourth")
    reallocate(case=case, pair=a_pair(case.cycle, *people), reason="Ill", reallocated_by=audit.lead)
    return people


def test_the_new_pair_opens_the_case_for_itself_and_both_confirm(opened: Audit, full: None) -> None:
    confirm_text(submission=opened.fresh(), by=opened.first, hints_reason="Fine")
    third, fourth = give_to_another_pair(opened)
    acknowledge(opened.fresh().case.cycle, third, fourth)
    with pytest.raises(PermissionDenied):
        confirm_text(submission=opened.fresh(), by=third, hints_reason="Fine")
    for auditor in (third, fourth):
        open_case(submission=opened.fresh(), opened_by=auditor)
    confirm_text(submission=opened.fresh(), by=third, hints_reason="Fine")
    assert opened.fresh().state == State.FINALISING
    confirm_text(submission=opened.fresh(), by=fourth, hints_reason="Fine")
    assert opened.fresh().state == State.SUBMITTED


def test_after_the_days_a_new_pair_opens_what_was_sent_back_and_nothing_new(opened: Audit) -> None:
    in_state(opened, State.RETURNED)
    case = opened.fresh().case
    people = give_to_another_pair(opened)
    acknowledge(case.cycle, *people)
    AuditCycle.objects.filter(pk=case.cycle_id).update(state=CycleState.QUALITY_ASSURANCE)
    open_case(submission=opened.fresh(), opened_by=people[0])
    in_state(opened, State.NOT_STARTED)
    with pytest.raises(CaseNotToBeOpened, match="are over"):
        open_case(submission=opened.fresh(), opened_by=people[1])


def test_who_audited_is_settled_once_it_is_submitted(opened: Audit) -> None:
    in_state(opened, State.SUBMITTED)
    with pytest.raises(StepNotPossible, match="is submitted"):
        give_to_another_pair(opened)
    assert opened.first in opened.fresh().case.pair.people
    assert "first" in readers(opened)


def test_nobody_opens_before_the_days_or_without_the_ground_rules(allocated: Audit) -> None:
    cycle = allocated.submission.case.cycle
    cycle.acknowledgements.filter(person=allocated.first).delete()
    with pytest.raises(CaseNotToBeOpened, match="acknowledge"):
        open_case(submission=allocated.submission, opened_by=allocated.first)
    open_case(submission=allocated.submission, opened_by=allocated.second)
    type(cycle).objects.filter(pk=cycle.pk).update(state=CycleState.READY)
    with pytest.raises(CaseNotToBeOpened, match="not begun"):
        open_case(submission=allocated.fresh(), opened_by=allocated.second)
    with pytest.raises(PermissionDenied):
        open_case(submission=allocated.fresh(), opened_by=allocated.lead)


def test_nobody_opens_the_case_of_their_own_team(
    allocated: Audit, sign_in: Callable[..., Client]
) -> None:
    """Somebody who changed teams after the case was given to the pair, or a case that changed hands."""
    team, other = (Team.objects.create(code=code, name=code) for code in ("north", "south"))
    StaffMember.objects.filter(pk=allocated.first.pk).update(team=team)
    StaffMember.objects.filter(pk=allocated.worker.pk).update(team=team)
    client = sign_in(StaffMember.objects.get(pk=allocated.first.pk))
    url = f"/audits/submissions/{allocated.ref}/"
    assert "works in the same team" in client.get(url).text
    assert client.post(f"{url}open/", {"no_link": "on"}).status_code == 409
    assert allocated.fresh().state == State.NOT_STARTED
    StaffMember.objects.filter(pk=allocated.worker.pk).update(team=other)
    SampledCase.objects.filter(pk=allocated.submission.case_id).update(team=team)
    answer = client.post(f"{url}open/", {"no_link": "on"})
    assert answer.status_code == 409
    assert "works in the team that holds this case" in answer.text
    SampledCase.objects.filter(pk=allocated.submission.case_id).update(team=other)
    assert client.post(f"{url}open/", {"no_link": "on"}).status_code == 302


def test_nobody_opens_the_case_of_a_declared_link(allocated: Audit) -> None:
    member = allocated.submission.case.cycle.team.get(person=allocated.first)
    member.conflicts.create(worker=allocated.worker)
    with pytest.raises(CaseNotToBeOpened, match="declared a link"):
        open_case(submission=allocated.submission, opened_by=allocated.first)


@pytest.mark.parametrize("address", ["sections/voice/", "questions/", "confirm/", "read/"])
def test_an_auditor_sees_nothing_before_opening(
    allocated: Audit, sign_in: Callable[..., Client], address: str
) -> None:
    open_case(submission=allocated.submission, opened_by=allocated.second)
    client = sign_in(allocated.first)
    assert client.get(f"/audits/submissions/{allocated.ref}/{address}").status_code == 404


def test_the_lead_of_the_pair_does_not_assure_it(opened: Audit) -> None:
    submission = in_state(opened, State.SUBMITTED)
    opened.first.groups.add(Group.objects.get(name=Role.LEAD_QA.label))
    for step in (sign_off, send_back):
        with pytest.raises(PermissionDenied):
            step(submission=submission, reviewer=opened.first, words="Fine")
    opened.worker.groups.add(Group.objects.get(name=Role.LEAD_QA.label))
    with pytest.raises(PermissionDenied):
        sign_off(submission=submission, reviewer=opened.worker)
    with pytest.raises(PermissionDenied):
        sign_off(submission=submission, reviewer=opened.manager)


def test_signing_off_twice_happens_once(opened: Audit) -> None:
    submission = in_state(opened, State.SUBMITTED)
    sign_off(submission=submission, reviewer=opened.lead)
    with pytest.raises(StepNotPossible):
        sign_off(submission=submission, reviewer=opened.lead)
    assert opened.submission.reviews.count() == 1


def test_a_submitted_text_is_not_written_in(opened: Audit, sign_in: Callable[..., Client]) -> None:
    in_state(opened, State.SUBMITTED)
    with pytest.raises(StepNotPossible):
        opened.write("voice", saw="Later")
    answer = sign_in(opened.first).post(
        f"/audits/submissions/{opened.ref}/sections/voice/save/", {"base_version": 0, "saw": "x"}
    )
    assert answer.status_code == 422


def test_one_who_confirms_twice_is_not_both(opened: Audit, full: None) -> None:
    for _again in range(2):
        confirm_text(submission=opened.fresh(), by=opened.first, hints_reason="Fine")
    assert opened.fresh().state == State.FINALISING


def test_a_change_ends_a_confirmation(opened: Audit, full: None) -> None:
    confirm_text(submission=opened.fresh(), by=opened.first, hints_reason="Fine")
    opened.write("voice", saw="Another word", means="It mattered because she was heard.")
    confirm_text(submission=opened.fresh(), by=opened.second, hints_reason="Fine")
    assert opened.fresh().state == State.FINALISING
    confirm_text(submission=opened.fresh(), by=opened.first, hints_reason="Fine")
    assert opened.fresh().state == State.SUBMITTED


def test_after_a_return_both_confirm_anew(opened: Audit, full: None) -> None:
    for auditor in (opened.first, opened.second):
        confirm_text(submission=opened.fresh(), by=auditor, hints_reason="Fine")
    send_back(submission=opened.fresh(), reviewer=opened.lead, words="Why in May?")
    confirm_text(submission=opened.fresh(), by=opened.first, hints_reason="Fine")
    assert opened.fresh().state == State.RETURNED
    confirm_text(submission=opened.fresh(), by=opened.second, hints_reason="Fine")
    assert opened.fresh().state == State.SUBMITTED


def test_hints_need_a_reason(opened: Audit, full: None) -> None:
    opened.write("voice", saw="Robust", means="The social worker failed to visit.")
    with pytest.raises(SubmissionNotReady, match="hints on wording"):
        confirm_text(submission=opened.fresh(), by=opened.first)


@pytest.fixture
def full(opened: Audit) -> None:
    """The text is complete, and the talk is over."""
    from learning.proforma.keys import OPTIONAL, WRITTEN_ELSEWHERE
    from learning.proforma.selectors import sections_for

    for section in sections_for(opened.submission.form, opened.submission.case.area):
        if section.key not in WRITTEN_ELSEWHERE | OPTIONAL:
            opened.write(section.key, saw="Seen.", means="It helped because she was known.")
    entry = opened.submission.entries.get(section__key="voice")
    entry.statements.create(kind="strength", text="It helped.", written_by=opened.first)
    answer_urgent_question(submission=opened.fresh(), is_concern=False, by=opened.first)
    in_state(opened, State.FINALISING)


def test_only_the_worker_replies_once_and_in_time(opened: Audit) -> None:
    submission = in_state(opened, State.SHARED_WITH_WORKER)
    for other in (opened.first, opened.manager, opened.lead):
        with pytest.raises(PermissionDenied):
            reply_as_worker(submission=submission, worker=other, facts="x", reflection="")
    submission.reply_due_date = timezone.localdate()
    submission.save()
    with pytest.raises(StepNotPossible, match="still has time"):
        end_reply_time(submission=submission, ended_by=opened.lead)
    reply_as_worker(submission=submission, worker=opened.worker, facts="It was May.", reflection="")
    with pytest.raises(PermissionDenied):
        reply_as_worker(submission=submission, worker=opened.worker, facts="y", reflection="")


def test_a_section_of_another_form_is_refused(opened: Audit) -> None:
    from learning.proforma.models import ProFormaKind
    from learning.proforma.selectors import newest_offered
    from learning.submissions.writing import SectionText, save_entry

    foreign = newest_offered(ProFormaKind.SPOT_CHECK).sections.first()
    with pytest.raises(PermissionDenied):
        save_entry(
            submission=opened.fresh(),
            section=foreign,
            text=SectionText({"saw": "x"}),
            base_version=0,
            by=opened.first,
        )


def test_the_childs_day_is_not_left_out(opened: Audit, sign_in: Callable[..., Client]) -> None:
    fields = {"base_version": 0, "not_relevant": "on", "not_relevant_reason": "No time"}
    address = f"/audits/submissions/{opened.ref}/sections/lived_experience/"
    answer = sign_in(opened.first).post(address, fields)
    assert answer.status_code == 422
    assert "cannot be left out" in answer.content.decode()


def test_it_goes_on_by_itself_when_the_days_are_over(opened: Audit) -> None:
    submission = in_state(opened, State.SHARED_WITH_WORKER)
    submission.reply_due_date = timezone.localdate()
    submission.save()
    call_command("end_reply_times")
    assert opened.fresh().state == State.SHARED_WITH_WORKER
    submission.reply_due_date = timezone.localdate() - timezone.timedelta(days=1)
    submission.save()
    for _again in range(2):
        call_command("end_reply_times")
        assert opened.fresh().state == State.AWAITING_FAMILY
