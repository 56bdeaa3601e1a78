"""What was purged does not come back from a file, whether it was ever published or not."""

from typing import Any

import pytest

from audit_pages.importing.models import ImportRow
from audit_pages.importing.withdrawing import withdraw_batch
from audit_pages.publishing.purging import PURGED_TITLE, purge_page
from tests.audit_pages.importing.conftest import approve, finding, page_of

pytestmark = pytest.mark.django_db

LEFT_ALONE = "It was withdrawn earlier, and is left alone."


def test_a_purged_draft_is_left_alone_when_its_row_changes(
    json_lines: Any, load: Any, lead: Any
) -> None:
    load(json_lines(finding(1), finding(2)))
    page = purge_page(page=page_of("EX001"), reason="Asked for", by=lead)

    again = load(json_lines(finding(2), finding(1, "Other words about supervision.")))

    assert again["errors"] == [{"row": 2, "reason": LEFT_ALONE}]
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 1)
    page.refresh_from_db()
    assert (page.title, page.text, page.latest_revision_id) == (PURGED_TITLE, "", None)


def test_what_was_withdrawn_with_its_batch_and_purged_is_not_offered_again(
    json_lines: Any, load: Any, lead: Any
) -> None:
    batch = load(json_lines(finding(1), finding(2)))["batch"]
    approve(batch, lead)
    withdraw_batch(batch_id=batch, by=lead)
    purge_page(page=page_of("EX001"), reason="Asked for", by=lead)

    again = load(json_lines(finding(1), finding(2), name="again.jsonl"))

    assert (again["updated"], again["rejected"]) == (1, 1)
    assert again["errors"][0]["reason"] == LEFT_ALONE
    assert ImportRow.objects.get(batch=again["batch"], outcome="rejected").number == 1
