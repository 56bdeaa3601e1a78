"""What the timer runs, and when."""

from datetime import date, datetime, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import FormState
from wagtail.models import Page

from learning.people.roles import Role
from portal.management.commands import timer
from search.ledger.models import LedgerRow, Projection
from search.reports.models import FruitlessSearch

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("hour", "last_night", "is_due"),
    [
        (1, None, False),
        (2, None, True),
        (15, None, True),
        (15, TODAY, False),
        (1, TODAY - timedelta(days=1), False),
        (2, TODAY - timedelta(days=1), True),
        (9, TODAY - timedelta(days=5), True),
    ],
)
def test_nightly_jobs_are_due_once_a_day_and_also_late(hour, last_night, is_due):
    now = datetime(TODAY.year, TODAY.month, TODAY.day, hour, 30)
    assert timer.nightly_is_due(now, last_night) is is_due


def test_one_job_that_fails_keeps_no_other_from_running(monkeypatch):
    run = []

    def call(job, **options):
        run.append((job, options.get("fix")))
        if job == "search_reconcile":
            raise RuntimeError

    monkeypatch.setattr(timer, "call_command", call)
    call_command("timer", nightly=True)
    call_command("timer", once=True)
    assert run[:2] == [("search_reconcile", True), ("purge_fruitless", None)]
    assert [job for job, _ in run] == [*timer.NIGHTLY, *timer.JOBS]


def test_the_loop_runs_the_night_once(monkeypatch):
    rounds, run = [], []

    def pause(seconds):
        rounds.append(seconds)
        if len(rounds) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(timer, "call_command", lambda job, **options: run.append(job))
    monkeypatch.setattr(timer.time, "sleep", pause)
    monkeypatch.setattr(timer, "close_old_connections", lambda: None)
    monkeypatch.setattr(timer, "nightly_is_due", lambda now, last: last is None)
    with pytest.raises(KeyboardInterrupt):
        call_command("timer", seconds=7)
    assert (run.count("search_drain"), run.count("search_reconcile"), rounds[0]) == (3, 1, 7)


@pytest.mark.django_db
def test_the_night_mends_the_index_and_forgets_old_searches(settings):
    settings.PORTAL_SEARCH_ENGINE = "database"
    lost = Projection.objects.filter(gone=False).first().page_id
    Projection.objects.filter(page_id=lost).delete()
    old = timezone.localdate() - timedelta(days=91)
    FruitlessSearch.objects.create(term="heron", asked_by="x", last_on=old)
    kept = FruitlessSearch.objects.create(term="crane", asked_by="x", last_on=timezone.localdate())
    call_command("timer", nightly=True)
    assert Projection.objects.filter(page_id=lost, gone=False).exists()
    assert not LedgerRow.objects.get(page_id=lost).dirty
    assert list(FruitlessSearch.objects.all()) == [kept]


@pytest.mark.django_db
def test_the_night_forgets_what_was_typed_and_not_saved(person):
    """Drafts that were only previewed, and sessions that have ended, would lie there for ever."""
    kept, old = (
        FormState.objects.create(
            user=person(Role.EDITOR),
            content_type=ContentType.objects.get_for_model(Page),
            object_id=str(number),
            data="title=heron",
            last_updated_at=timezone.now() - timedelta(hours=hours),
        )
        for number, hours in enumerate((1, 25))
    )
    ended = Session.objects.create(
        session_key="ended", session_data="x", expire_date=old.last_updated_at
    )
    call_command("timer", nightly=True)
    assert list(FormState.objects.all()) == [kept]
    assert not Session.objects.filter(pk=ended.pk).exists()


@pytest.mark.django_db
def test_the_night_forgets_tasks_that_ended_long_ago(settings):
    """Every page that is saved leaves rows of tasks; what failed is kept longer, to be looked into."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.PORTAL_TASKS_KEPT_DAYS, settings.PORTAL_FAILED_TASKS_KEPT_DAYS = 3, 20
    DBTaskResult.objects.all().delete()
    for status, days in (
        ("SUCCESSFUL", 2),
        ("SUCCESSFUL", 4),
        ("FAILED", 4),
        ("FAILED", 21),
        ("READY", None),
    ):
        DBTaskResult.objects.create(
            status=status,
            args_kwargs={"args": [], "kwargs": {"days": days}},
            task_path="search.ledger.tasks.drain",
            queue_name="default" if days != 4 else "another",
            backend_name="default",
            finished_at=timezone.now() - timedelta(days=days) if days else None,
            run_after=timezone.now(),
        )
    call_command("timer", nightly=True)
    kept = {(row.status, row.args_kwargs["kwargs"]["days"]) for row in DBTaskResult.objects.all()}
    assert kept == {("SUCCESSFUL", 2), ("FAILED", 4), ("READY", None)}
