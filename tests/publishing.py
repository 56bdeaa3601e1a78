"""Steps on the way to the public that tests of other things take in passing."""

from typing import Any

from wagtail.test.utils.form_data import nested_form_data, rich_text

from audit_pages.models import FindingPage
from audit_pages.publishing.disclosure import (
    check_disclosure,
    found_in,
    needs_disclosure_check,
    needs_words_of_consent,
)
from audit_pages.publishing.disclosure_models import QUESTIONS, DisclosureCheck
from audit_pages.publishing.words import words_of_revision
from learning.people.roles import Role
from portal.demo.loader import first_with


def checked(page: Any, by: Any = None, traits: tuple[str, ...] = ()) -> DisclosureCheck | None:
    """The disclosure check of the page's latest revision, made by the borough's QA officer."""
    if not needs_disclosure_check(page):
        return None
    revision = page.get_latest_revision()
    return check_disclosure(
        revision=revision,
        reasons={thing.key: "A story." for thing in found_in(words_of_revision(revision))},
        answers=dict.fromkeys(QUESTIONS, False),
        traits=traits,
        consent="In writing, to the lead." if needs_words_of_consent(page) else "",
        checked_by=by or first_with(Role.QA_OFFICER),
    )


def edit_form(page: FindingPage, **changes: str) -> dict[str, Any]:
    """What the edit screen of a finding posts."""
    data = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "quarter": page.quarter,
        "statement_kind": page.statement_kind,
        "level": page.level,
        "seen_in": "",
        "sample_size": "",
        "comments": {
            "TOTAL_FORMS": 0,
            "INITIAL_FORMS": 0,
            "MIN_NUM_FORMS": 0,
            "MAX_NUM_FORMS": 1000,
        },
        **{name: rich_text(f"<p>{name}</p>") for name, _ in FindingPage.rich_parts},
        **changes,
    }
    return nested_form_data(data)
