"""Lists stay as light with two hundred as with two; nothing of what is restricted leaks; figure 12."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learning.access.models import AccessEvent
from learning.events.models import Event
from learning.feedback.models import FamilyFeedback
from learning.feedback.states import AskedPerson, FeedbackState, SharedView
from learning.feedback.voice import Reached, reached_in_each
from learning.feedback.writing_up import incorporate, raise_theme
from learning.submissions.states import SubmissionState
from learning.vocabulary.models import Theme
from tests.learning.audit import a_family_feedback, a_sampled_case, a_submission
from tests.learning.feedback.conftest import NOTES, SAFE, Family
from tests.learning.feedback.test_asking_refused import heard

pytestmark = pytest.mark.django_db
CANARY = "zirrowquail"


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def fill(family: Family, count: int) -> None:
    for _ in range(count):
        case = a_sampled_case(
            family.submission.case.cycle, worker=family.worker, pair=family.submission.case.pair
        )
        submission = a_submission(case, SubmissionState.AWAITING_FAMILY)
        for state in (FeedbackState.DUE, FeedbackState.HELD):
            a_family_feedback(submission, state)


@pytest.mark.parametrize("url", ["/audits/family-feedback/", "/my/my-work/"])
@pytest.mark.parametrize("who", ["lead", "worker", "first"])
def test_more_families_ask_no_more_queries(
    family: Family, sign_in: Callable[..., Client], url: str, who: str
) -> None:
    client = sign_in(getattr(family, who))
    fill(family, 1)
    client.get(url)
    few = queries(client, url)
    fill(family, 40)
    assert queries(client, url) == few


def test_one_audits_family_asks_no_more_queries(
    family: Family, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(family.lead)
    pages = (
        f"/audits/family-feedback/{family.ref}/",
        f"/audits/submissions/{family.ref}/read/",
    )
    for url in pages:
        client.get(url)
    few = [queries(client, url) for url in pages]
    for _ in range(20):
        row = a_family_feedback(family.submission, FeedbackState.INCORPORATED)
        row.raised.create(theme=Theme.objects.order_by("code")[0], view="same")
        row.quotes.create(words="You listened.", agreed_on=row.due_date)
    again = [queries(client, url) for url in pages]
    assert again[0] == few[0]
    assert again[1] <= few[1] + 1  # the themes themselves, once there are any


def test_a_list_without_rows_says_what_will_stand_there(
    stranger: Any, sign_in: Callable[..., Client]
) -> None:
    assert "No families here" in sign_in(stranger).get("/audits/family-feedback/").content.decode()


def test_canaries_stay_where_they_were_written(
    family: Family,
    sign_in: Callable[..., Client],
    desk: Any,
    caplog: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        safe = {name: f"{CANARY} {words}" for name, words in SAFE.items() if name != "is_safe"}
        desk(family, family.worker).post("safety/", **safe, is_safe="yes")
    FamilyFeedback.objects.filter(pk=family.parent.pk).update(consent=CANARY, support=CANARY)
    row = a_family_feedback(
        family.submission,
        FeedbackState.HELD,
        outcome_reason=CANARY,
        **dict.fromkeys(NOTES, CANARY),
    )
    row.answers.create(order=1, question="Why?", words=CANARY)
    row.quotes.create(words=CANARY, agreed_on=row.due_date)
    assert CANARY in sign_in(family.first).get(row.get_absolute_url()).content.decode()
    pages = ("/my/my-work/", "/audits/family-feedback/", f"/audits/submissions/{family.ref}/read/")
    for somebody in (family.lead, family.first, family.worker, family.manager):
        for url in pages:
            assert CANARY not in sign_in(somebody).get(url).content.decode(), (somebody, url)
    found = sign_in(family.lead).get("/search/", {"q": "zirrowquails plan"})
    assert f"{CANARY} " not in found.content.decode()
    assert mail.outbox
    assert not any(CANARY in message.subject + message.body for message in mail.outbox)
    for model in (Event, AccessEvent):
        assert not any(CANARY in str(values) for values in model.objects.values_list())
    lines = [r.getMessage() for r in caplog.records if r.name != "django.db.backends"]
    assert not any(CANARY in line for line in lines)


def test_pages_are_not_kept_by_browsers(family: Family, sign_in: Callable[..., Client]) -> None:
    answer = sign_in(family.first).get(family.parent.get_absolute_url())
    assert "no-store" in answer["Cache-Control"]


def test_what_became_of_asking_is_counted_by_kind_of_person(family: Family) -> None:

    theme = Theme.objects.filter(is_active=True).order_by("code")[0]
    feedback = heard(family)
    raise_theme(feedback=feedback, theme=theme, view=SharedView.DIFFERENT, raised_by=family.first)
    incorporate(feedback=feedback, incorporated_by=family.first)
    a_family_feedback(family.submission, FeedbackState.DECLINED)
    a_family_feedback(family.submission, FeedbackState.NOT_SAFE, asked="child")
    cycle = family.submission.case.cycle
    assert reached_in_each([cycle]) == {
        AskedPerson.CHILD: [Reached(asked=2, not_safe=1, waiting=1)],
        AskedPerson.PARENT_OR_CARER: [Reached(asked=2, reached=1, declined=1)],
    }


def test_figure_12_never_pools_themed_cases(family: Family) -> None:
    case = family.submission.case
    case.route = "themed_supplement"
    case.save()
    assert reached_in_each([case.cycle]) == {}
