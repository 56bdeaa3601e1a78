"""More time, not accepted, superseded: who asks, who decides, and a date that never changes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client

from learning.models import ExtensionRequest, NonAcceptance, Recommendation
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.recommendations import decisions
from learning.recommendations.states import RecommendationState
from learning.work import waiting_for
from tests.learning.audit import a_recommendation
from tests.learning.recommendations.conftest import (
    Audit,
    a_colleague,
    in_working_days,
    typed,
    url,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken_on(audit: Audit) -> Recommendation:
    return a_recommendation(audit.submission, owner=audit.owner, state="in_progress")


@pytest.fixture
def of_the_organisation(audit: Audit) -> Recommendation:
    return a_recommendation(
        cycle=audit.cycle, owner=audit.owner, state="in_progress", level="organisational"
    )


def ask(client: Client, recommendation: Recommendation, days: int = 40) -> int:
    """The answer to a request for more time."""
    form = {"reason": "The course is full.", **typed("new_due_date", in_working_days(days))}
    return client.post(url("extend", recommendation), form).status_code


def titles(person: StaffMember) -> list[str]:
    return [item.title for item in waiting_for(StaffMember.objects.get(pk=person.pk))]


def test_more_time_is_asked_by_the_owner_and_decided_by_the_lead(
    taken_on: Recommendation, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    issued_for = taken_on.original_due_date
    assert ask(sign_in(audit.lead), taken_on) == 403
    assert ask(sign_in(audit.owner), taken_on) == 302
    assert ask(sign_in(audit.owner), taken_on) == 422, "one request waits at a time"
    assert f"Decide on more time for {taken_on.ref}" in titles(audit.lead)
    for somebody in (audit.owner, audit.officer, audit.auditor):
        answer = sign_in(somebody).post(url("decide_extension", taken_on), {"answer": "yes"})
        assert answer.status_code == 403, somebody
    lead = sign_in(audit.lead)
    assert "The course is full." in lead.get(url("decide_extension", taken_on)).text
    lead.post(url("decide_extension", taken_on), {"answer": "yes"})
    taken_on.refresh_from_db()
    assert (taken_on.due_date, taken_on.original_due_date) == (in_working_days(40), issued_for)
    page = sign_in(audit.owner).get(url("show", taken_on)).text
    assert "Due at issue" in page
    assert "granted it" in page


def test_a_refusal_needs_words_and_leaves_the_date(
    taken_on: Recommendation, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    due = taken_on.due_date
    ask(sign_in(audit.owner), taken_on)
    lead = sign_in(audit.lead)
    assert lead.post(url("decide_extension", taken_on), {"answer": "no"}).status_code == 422
    lead.post(url("decide_extension", taken_on), {"answer": "no", "words": "It is urgent."})
    taken_on.refresh_from_db()
    assert taken_on.due_date == due
    assert "It is urgent." in sign_in(audit.owner).get(url("show", taken_on)).text
    assert ask(sign_in(audit.owner), taken_on) == 302


@pytest.mark.parametrize("days", [20, 3, -5])
def test_the_new_date_lies_after_the_one_of_now(
    days: int, taken_on: Recommendation, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    assert ask(sign_in(audit.owner), taken_on, days) == 422
    assert not ExtensionRequest.objects.exists()


def test_on_what_goes_beyond_a_service_the_board_decides_and_not_the_lead(
    of_the_organisation: Recommendation,
    audit: Audit,
    sign_in: Callable[..., Client],
    person: Callable[[Role], StaffMember],
) -> None:
    ask(sign_in(audit.owner), of_the_organisation)
    decide = url("decide_extension", of_the_organisation)
    assert sign_in(audit.lead).post(decide, {"answer": "yes"}).status_code == 403
    board = person(Role.BOARD_MEMBER)
    assert f"Decide on more time for {of_the_organisation.ref}" in titles(board)
    assert sign_in(board).post(decide, {"answer": "yes"}).status_code == 302
    of_the_organisation.refresh_from_db()
    assert of_the_organisation.due_date == in_working_days(40)


def test_nobody_decides_on_their_own_request(
    audit: Audit, person: Callable[[Role], StaffMember]
) -> None:
    board = person(Role.BOARD_MEMBER)
    for owner, level in ((audit.lead, "service"), (board, "organisational")):
        own = a_recommendation(cycle=audit.cycle, owner=owner, state="in_progress", level=level)
        asked = decisions.request_extension(
            recommendation=own, new_due_date=in_working_days(40), reason="x", requested_by=owner
        )
        with pytest.raises(PermissionDenied):
            decisions.decide_extension(request=asked, is_granted=True, words="", decided_by=owner)


def test_whoever_decides_is_mailed_a_link_and_no_words(
    taken_on: Recommendation,
    of_the_organisation: Recommendation,
    audit: Audit,
    person: Callable[[Role], StaffMember],
    django_capture_on_commit_callbacks: Any,
) -> None:
    board = person(Role.BOARD_MEMBER)
    elsewhere = StaffMember.objects.get(email="alasdair.kinnear@harrowmere.example")
    gone = a_colleague("Gus", Role.BOARD_MEMBER)
    StaffMember.objects.filter(pk=gone.pk).update(is_active=False)

    def told(step: Callable[..., Any], row: Recommendation, **words: Any) -> set[str]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            step(recommendation=row, reason="It is dear.", **words)
        for message in mail.outbox:
            assert url("show", row) in message.body
            assert "dear" not in message.subject + message.body
            assert row.action not in message.body
        return {address for message in mail.outbox for address in message.to}

    more = {"new_due_date": in_working_days(40), "requested_by": audit.owner}
    assert told(decisions.request_extension, taken_on, **more) == {audit.lead.email}
    of_board = told(decisions.request_extension, of_the_organisation, **more)
    assert board.email in of_board
    assert not of_board & {audit.lead.email, gone.email, audit.owner.email}
    refuses = {"proposed_by": audit.owner}
    of_case = told(decisions.propose_non_acceptance, taken_on, **refuses)
    assert audit.owners_manager.email in of_case and elsewhere.email not in of_case
    wider = told(decisions.propose_non_acceptance, of_the_organisation, **refuses)
    assert {audit.owners_manager.email, elsewhere.email} <= wider


def test_where_nobody_can_decide_the_leads_are_told(
    audit: Audit, django_capture_on_commit_callbacks: Any
) -> None:
    alone = a_colleague("Alma", Role.LINE_MANAGER)
    row = a_recommendation(audit.submission, owner=alone, state="in_progress")
    with django_capture_on_commit_callbacks(execute=True):
        decisions.propose_non_acceptance(recommendation=row, reason="x", proposed_by=alone)
    assert [message.to for message in mail.outbox] == [[lead.email] for lead in audit.cycle.leads]


# --- The date of the issue -----------------------------------------------------------------------


def by_save(row: Recommendation) -> None:
    row.original_due_date = date(2040, 1, 2)
    row.save()


def by_saving_nothing(row: Recommendation) -> None:
    row.original_due_date = None
    row.save(update_fields=["original_due_date"])


def by_bulk_update(row: Recommendation) -> None:
    row.original_due_date = date(2040, 1, 2)
    Recommendation.objects.bulk_update([row], ["original_due_date"])


def by_update(row: Recommendation) -> None:
    Recommendation.objects.filter(pk=row.pk).update(original_due_date=date(2040, 1, 2))


def by_upsert(row: Recommendation) -> None:
    row.original_due_date = date(2040, 1, 2)
    Recommendation.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["ref"],
        update_fields=["original_due_date"],
    )


def by_sql(row: Recommendation) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE learning_recommendation SET original_due_date = '2040-01-02' WHERE id = %s",
            [row.pk],
        )


def by_deleting(row: Recommendation) -> None:
    row.themes.clear()
    Recommendation.objects.filter(pk=row.pk).delete()


def by_replacing(row: Recommendation) -> None:
    """On SQLite a replacement deletes without a word; on PostgreSQL there is no such statement."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DELETE FROM learning_recommendation WHERE id = %s", [row.pk])
            return
        columns = [field.column for field in Recommendation._meta.local_concrete_fields]
        values = ["'2040-01-02'" if name == "original_due_date" else name for name in columns]
        cursor.execute(
            f"INSERT OR REPLACE INTO learning_recommendation ({', '.join(columns)}) "
            f"SELECT {', '.join(values)} FROM learning_recommendation WHERE id = %s",
            [row.pk],
        )


@pytest.mark.parametrize(
    "attack",
    [
        by_save, by_saving_nothing, by_bulk_update, by_update, by_upsert, by_sql, by_deleting,
        by_replacing,
    ],
)  # fmt: skip
def test_the_database_refuses_another_date_of_issue(
    attack: Callable[[Recommendation], None], taken_on: Recommendation
) -> None:
    before = taken_on.original_due_date
    with pytest.raises(DatabaseError), transaction.atomic():
        attack(Recommendation.objects.get(pk=taken_on.pk))
    assert Recommendation.objects.get(pk=taken_on.pk).original_due_date == before


def test_what_was_written_never_changes(taken_on: Recommendation, audit: Audit) -> None:
    update = taken_on.updates.create(words="It goes.", written_by=audit.owner)
    for attack in (
        lambda: taken_on.updates.update(words="Other"),
        lambda: taken_on.updates.filter(pk=update.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attack()


# --- Not accepted, superseded --------------------------------------------------------------------


def test_what_is_not_accepted_needs_a_senior_manager_above_the_owner(
    taken_on: Recommendation,
    audit: Audit,
    sign_in: Callable[..., Client],
) -> None:
    owner = sign_in(audit.owner)
    assert owner.post(url("propose_non_acceptance", taken_on), {"reason": ""}).status_code == 422
    owner.post(url("propose_non_acceptance", taken_on), {"reason": "The law says otherwise."})
    assert taken_on.state == RecommendationState.IN_PROGRESS
    decide = url("decide_non_acceptance", taken_on)
    elsewhere = StaffMember.objects.get(email="alasdair.kinnear@harrowmere.example")
    for somebody, status in (
        (audit.owner, 403), (audit.lead, 403), (audit.officer, 403), (elsewhere, 404),
    ):  # fmt: skip
        answer = sign_in(somebody).post(decide, {"answer": "yes", "words": "x"})
        assert answer.status_code == status, somebody
    assert f"Decide whether {taken_on.ref} stands" in titles(audit.owners_manager)
    assert f"Decide whether {taken_on.ref} stands" not in titles(elsewhere)
    senior = sign_in(audit.owners_manager)
    assert "The law says otherwise." in senior.get(decide).text
    senior.post(decide, {"answer": "yes", "words": "Agreed."})
    taken_on.refresh_from_db()
    assert taken_on.state == RecommendationState.NOT_ACCEPTED
    assert NonAcceptance.objects.get().decided_by == audit.owners_manager
    assert owner.post(url("propose_non_acceptance", taken_on), follow=True).status_code == 200


def test_what_a_senior_manager_keeps_stands(
    taken_on: Recommendation, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    sign_in(audit.owner).post(url("propose_non_acceptance", taken_on), {"reason": "Too dear."})
    form = {"answer": "no", "words": "Do it with what there is."}
    sign_in(audit.owners_manager).post(url("decide_non_acceptance", taken_on), form)
    taken_on.refresh_from_db()
    assert taken_on.state == RecommendationState.IN_PROGRESS
    assert "decided that it stands" in sign_in(audit.owner).get(url("show", taken_on)).text


def test_a_senior_manager_who_owns_it_does_not_decide_on_it(audit: Audit) -> None:
    own = a_recommendation(
        cycle=audit.cycle, owner=audit.owners_manager, state="in_progress", level="service"
    )
    proposal = decisions.propose_non_acceptance(
        recommendation=own, reason="x", proposed_by=audit.owners_manager
    )
    with pytest.raises(PermissionDenied):
        decisions.decide_non_acceptance(
            proposal=proposal, is_approved=True, words="", decided_by=audit.owners_manager
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        NonAcceptance.objects.update(decided_by=audit.owners_manager)


def test_only_an_issued_and_open_one_takes_the_place_of_another(
    taken_on: Recommendation, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    draft = a_recommendation(audit.submission, owner=audit.owner, state="draft")
    other = a_recommendation(audit.submission, owner=audit.owner, state="issued")
    lead = sign_in(audit.lead)
    for wrong in (draft, taken_on):
        assert lead.post(url("supersede", taken_on), {"by": wrong.pk}).status_code == 422
    assert (
        sign_in(audit.owner).post(url("supersede", taken_on), {"by": other.pk}).status_code == 403
    )
    assert lead.post(url("supersede", taken_on), {"by": other.pk}).status_code == 302
    taken_on.refresh_from_db()
    assert (taken_on.state, taken_on.superseded_by) == ("superseded", other)
    assert other.ref in lead.get(url("show", taken_on)).text


def test_once_confirmed_nothing_of_this_is_possible(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    done = a_recommendation(audit.submission, owner=audit.owner, state="verified")
    owner: Any = sign_in(audit.owner)
    for name in ("extend", "propose_non_acceptance", "confirm", "update"):
        answer = owner.post(url(name, done), {"reason": "x"}, follow=True)
        assert "not the step that comes now" in answer.text
    assert sign_in(a_colleague("Ida", Role.LEAD_QA)).get(url("pause", done)).status_code == 302
