"""The months that an audit looks back on, from the first day of its cycle (A25)."""

from datetime import date

import pytest

from learning.programme.models import AuditDay
from learning.programme.settings import AuditSettings
from learning.submissions.models import AuditSubmission
from learning.submissions.opening import start_submission
from learning.submissions.states import SubmissionState
from tests.learning.submissions.conftest import Audit

pytestmark = pytest.mark.django_db


def window(audit: Audit, first_day: date) -> tuple[date, date]:
    """From when to when the audit looks, after the days have moved."""
    days = AuditDay.objects.filter(cycle=audit.submission.case.cycle).order_by("number")
    days.filter(number=1).update(date=first_day)
    days.filter(number=2).update(date=date.fromordinal(first_day.toordinal() + 1))
    case = type(audit.submission.case).objects.get(pk=audit.submission.case_id)
    started = start_submission(case=case, started_by=audit.lead)
    return started.window_from, started.window_to


@pytest.mark.parametrize(
    ("first_day", "from_day"),
    [
        (date(2031, 3, 4), date(2030, 9, 4)),
        (date(2031, 8, 31), date(2031, 2, 28)),
        (date(2032, 8, 30), date(2032, 2, 29)),
        (date(2031, 12, 31), date(2031, 6, 30)),
        (date(2031, 5, 30), date(2030, 11, 30)),
        (date(2031, 1, 31), date(2030, 7, 31)),
    ],
)
def test_six_months_to_the_day_or_the_last_of_a_shorter_month(
    allocated: Audit, first_day: date, from_day: date
) -> None:
    assert window(allocated, first_day) == (from_day, first_day)


def test_a_new_submission_has_it_from_the_beginning(allocated: Audit) -> None:
    case = allocated.submission.case
    AuditSubmission.objects.filter(pk=allocated.submission.pk).delete()
    first_day = case.cycle.first_day
    made = start_submission(case=case, started_by=allocated.lead)
    assert made.window_to == first_day
    months = (made.window_to.year - made.window_from.year) * 12
    assert months + made.window_to.month - made.window_from.month == 6


def test_how_many_months_is_a_setting(allocated: Audit) -> None:
    settings = AuditSettings.load()
    settings.window_months = 12
    settings.save()
    assert window(allocated, date(2032, 2, 29))[0] == date(2031, 2, 28)


def test_it_stays_once_somebody_has_begun_to_read(allocated: Audit) -> None:
    before = (allocated.submission.window_from, allocated.submission.window_to)
    rows = AuditSubmission.objects.filter(pk=allocated.submission.pk)
    rows.update(state=SubmissionState.READING)
    assert window(allocated, date(2031, 8, 31)) == before
