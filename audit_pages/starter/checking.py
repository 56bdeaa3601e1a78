"""The disclosure check of what is loaded from files, with the reasons that stand beside them."""

from collections.abc import Mapping
from typing import Any

from audit_pages.pages.base import PublishedPage
from audit_pages.publishing.disclosure import check_disclosure, found_in
from audit_pages.publishing.disclosure_models import QUESTIONS, DisclosureCheck, Trait
from audit_pages.publishing.words import words_of_revision


def check_loaded(
    page: PublishedPage, *, checked_by: Any, kept: Mapping[str, str]
) -> DisclosureCheck:
    """The check of the page's latest revision; `kept` gives for words that may stay the reason why.

    Words without a reason, and words that have to go, stop the load: `CheckNotPassed`.
    """
    revision = page.get_latest_revision()
    found = found_in(words_of_revision(revision))
    return check_disclosure(
        revision=revision,
        reasons={thing.key: kept.get(thing.words.lower(), "") for thing in found},
        answers=dict.fromkeys(QUESTIONS, False),
        traits=[Trait.AGE] if getattr(page, "age_bands", None) else [],
        consent="In writing, to the lead, before it was loaded." if page.needs_consent else "",
        checked_by=checked_by,
    )
