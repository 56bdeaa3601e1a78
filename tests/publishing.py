"""Steps on the way to the public that tests of other things take in passing."""

from typing import Any

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
