"""A locked audit is fixed in the database in all its parts, whoever asks (domain.md invariant 7)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from learning.models import AuditSubmission, EvaluativeStatement, SubmitConfirmation, Theme
from learning.submissions.states import SubmissionState
from tests.learning.audit import a_sampled_case, a_submission
from tests.learning.retention.conftest import Kept

pytestmark = pytest.mark.django_db


def refused(do: Callable[[], Any]) -> None:
    """Fails unless the database refuses, and says what to do instead."""
    with pytest.raises(DatabaseError, match="write an addendum"), transaction.atomic():
        do()


@pytest.fixture
def locked(kept: Kept) -> AuditSubmission:
    return kept.young


@pytest.fixture
def still_open(locked: AuditSubmission) -> AuditSubmission:
    """Another audit of the same cycle that is being written."""
    return a_submission(a_sampled_case(locked.case.cycle), SubmissionState.READING)


def test_the_themes_of_a_statement_stay(locked: AuditSubmission) -> None:
    (statement,) = EvaluativeStatement.objects.filter(entry__submission=locked)
    before = list(statement.themes.all())
    other = Theme.objects.exclude(pk__in=[theme.pk for theme in before]).first()
    rows = EvaluativeStatement.themes.through.objects.filter(evaluativestatement=statement)
    refused(statement.themes.clear)
    refused(lambda: statement.themes.set([other]))
    refused(lambda: statement.themes.add(other))
    refused(lambda: rows.update(theme=other))
    refused(lambda: rows._raw_delete(rows.db))
    assert before and list(statement.themes.all()) == before


def test_who_confirmed_what_and_in_how_many_hours_stays(locked: AuditSubmission) -> None:
    rows = SubmitConfirmation.objects.filter(submission=locked)
    assert rows.exists()
    for change in ({"hours": 1}, {"hints_reason": ""}, {"fingerprint": "other"}):
        refused(lambda change=change: rows.update(**change))
    refused(rows.delete)
    refused(lambda: locked.confirmations.create(person=locked.case.worker, fingerprint="late"))


def test_who_opened_it_stays(locked: AuditSubmission) -> None:
    first, second = locked.case.pair.people
    rows = locked.opening_statements.filter(person=first)
    assert rows.exists()
    refused(lambda: rows.update(person=second))
    refused(rows.delete)
    refused(lambda: locked.opening_statements.create(person=second))


def test_nothing_of_an_audit_that_is_open_is_moved_into_one_that_is_locked(
    locked: AuditSubmission, still_open: AuditSubmission
) -> None:
    person = locked.case.worker
    entry = still_open.entries.create(section=still_open.form.sections.last())
    statement = entry.statements.create(kind="strength", text="It helped.", written_by=person)
    confirmation = still_open.confirmations.create(
        person=locked.case.pair.people[0], fingerprint="f"
    )
    into = locked.entries.get()
    statements = EvaluativeStatement.objects.filter(pk=statement.pk)
    refused(lambda: statements.update(entry=into))
    refused(lambda: type(entry).objects.filter(pk=entry.pk).update(submission=locked))
    confirmations = SubmitConfirmation.objects.filter(pk=confirmation.pk)
    refused(lambda: confirmations.update(submission=locked))
    confirmations.update(hours=2)
    confirmations.delete()
    statement.themes.add(Theme.objects.first())
    statement.themes.clear()
