"""However many submissions, sections and saves there are, a page asks the same number of questions."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learning.people.roles import Role
from learning.submissions.selectors import waiting_for
from learning.submissions.states import SubmissionState
from tests.learning.audit import a_sampled_case, a_submission
from tests.learning.submissions.conftest import Audit

pytestmark = pytest.mark.django_db
MANY = 200


@pytest.fixture
def many(opened: Audit) -> Audit:
    """Two hundred more submissions of the same pair, all with the lead."""
    case = opened.submission.case
    for _number in range(MANY):
        more = a_sampled_case(case.cycle, worker=opened.worker, pair=case.pair)
        a_submission(more, SubmissionState.SUBMITTED)
    return opened


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_the_list_asks_no_more_for_two_hundred(
    opened: Audit, sign_in: Callable[..., Client], request: pytest.FixtureRequest
) -> None:
    opened.submission.__class__.objects.update(state=SubmissionState.SUBMITTED)
    lead = sign_in(Role.LEAD_QA)
    few = queries(lead, "/audits/submissions/")
    request.getfixturevalue("many")
    assert queries(lead, "/audits/submissions/") <= few + 1  # the pages' count
    assert few <= 12


def test_my_work_asks_no_more_for_two_hundred(many: Audit) -> None:
    with CaptureQueriesContext(connection) as caught:
        items = waiting_for(many.lead)
    assert len(items) == MANY
    assert len(caught) <= 4


def test_the_pages_of_one_submission_ask_no_more_when_all_is_written(
    opened: Audit, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(opened.first)
    pages = [f"/audits/submissions/{opened.ref}/{rest}" for rest in ("", "read/", "confirm/")]
    opened.write("voice", saw="Seen.", means="It helped because she was known.")
    few = [queries(client, url) for url in pages]
    for section in opened.submission.form.sections.exclude(key="overall"):
        entry = opened.write(section.key, saw="Seen once.", means="It helped because of trust.")
        entry.statements.create(kind="strength", text="It helped.", written_by=opened.first)
    assert [queries(client, url) for url in pages] <= [count + 1 for count in few]
