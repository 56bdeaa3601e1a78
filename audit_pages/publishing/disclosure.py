"""The disclosure check: before findings, letters, briefings and quarterly learning are public.

`require_disclosure_check` is asked by `require_approval`, which every way to the public passes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from audit_pages.publishing.disclosure_models import QUESTIONS, DisclosureCheck
from audit_pages.publishing.models import (
    NotApproved,
    OwnWorkNotApproved,
    writers_since_last_approval,
)
from audit_pages.publishing.words import fingerprint_of, words_of_revision
from audit_pages.publishing.workflows import TWO_STEPS
from learning.access.doors import holds
from learning.access.matrix import Right
from learning.disclosure.finding import LocalKnowledge, local_knowledge
from learning.disclosure.hints import marks_in
from learning.disclosure.kinds import Kind, Span
from learning.events.services import record_event
from learning.letters.consent import stands_behind
from learning.programme.settings import AuditSettings


class NotChecked(NotApproved):
    """Nobody has asked yet whether somebody could be known by these words."""


class CheckNotPassed(Exception):
    """The words cannot go out as they stand; the sentence says what is in the way."""


@dataclass(frozen=True)
class Found:
    """One thing that was found, and the part of the page where it stands."""

    part: str
    span: Span
    words: str

    @property
    def key(self) -> str:
        """Its place, as the form and the kept check name it."""
        return f"{self.part}:{self.span.start}-{self.span.end}:{self.span.kind}"


def needs_disclosure_check(page: Any) -> bool:
    """Findings, letters, briefings and quarterly learning: what is published in two steps and searched.

    Guidance tells of no case; findings of others were published by their authors, and are shown word
    for word. The sections above learning hold a title and a summary, which are only searched for what
    has to go.
    """
    return is_searched_for_what_has_to_go(page) and page.specific_class.in_search


def is_searched_for_what_has_to_go(page: Any) -> bool:
    """Everything that is published in two steps, sections of learning included."""
    return getattr(page.specific_class, "workflow_name", "") == TWO_STEPS


MEANT_TO_BE_KNOWN = {"Contact": (Kind.EMAIL, Kind.PHONE)}
"""What stands in a part of a page so that people use it: a shared mailbox, the number of an office."""


def found_in(words: Mapping[str, str], known: LocalKnowledge | None = None) -> list[Found]:
    """Everything in these words that could give somebody away, in reading order."""
    known = known or local_knowledge()
    return [
        Found(part, mark.span, mark.words)
        for part, text in words.items()
        for mark in marks_in([text], known, without=MEANT_TO_BE_KNOWN.get(part, ()))
    ]


def check_of(revision: Revision) -> DisclosureCheck | None:
    """The check of this revision, if it was of the words as they stand."""
    check = DisclosureCheck.objects.filter(revision_id=revision.pk).first()
    if check and check.words_digest == fingerprint_of(words_of_revision(revision)):
        return check
    return None


def needs_words_of_consent(page: Any) -> bool:
    """Whether the page tells of one worker's work and no private letter says that the worker agreed."""
    needs_consent: bool = getattr(page.specific_class, "needs_consent", False)
    return needs_consent and not stands_behind(page.pk)


def says_something(consent: str) -> bool:
    """A few words at least: a full stop or “yes” says neither how nor when."""
    return len(consent.split()) >= LEAST_WORDS_OF_CONSENT


LEAST_WORDS_OF_CONSENT = 4


@transaction.atomic
def check_disclosure(
    *,
    revision: Revision,
    reasons: Mapping[str, str],
    answers: Mapping[str, bool],
    traits: Sequence[str],
    checked_by: Any,
    consent: str = "",
    known: LocalKnowledge | None = None,
) -> DisclosureCheck:
    """The check, kept with the revision. `reasons` go by `Found.key`, `answers` by `QUESTIONS`; `consent`
    says how the worker agreed to a letter's page that no private letter stands behind.

    Raises `OwnWorkNotApproved` for a writer and `CheckNotPassed` when something has to go.
    """
    if not user_can_check_disclosure(checked_by):
        raise PermissionDenied("A QA officer makes the disclosure check.")
    page = Page.objects.select_for_update().get(pk=revision.object_id)
    if checked_by.pk in writers_since_last_approval(page):
        raise OwnWorkNotApproved("You wrote on this page, so somebody else needs to check it.")
    words = words_of_revision(revision)
    found = found_in(words, known)
    _require_passed(found, reasons, answers, traits)
    if needs_words_of_consent(page) and not says_something(consent):
        raise CheckNotPassed(
            "No private letter stands behind this page. Say how and when the worker agreed to it, or send it "
            "back: without their yes it is not published."
        )
    check, _ = DisclosureCheck.objects.update_or_create(
        revision=revision,
        defaults={
            "page": page,
            "words_digest": fingerprint_of(words),
            "reasons": [_kept(thing, reasons[thing.key]) for thing in found],
            "traits": sorted(set(traits)),
            "consent": consent.strip(),
            "checked_by": checked_by,
            "checked_at": timezone.now(),
            "also_read_by": None,
            "also_read_at": None,
        },
    )
    record_event(actor=checked_by, action="page.disclosure_checked", about=page)
    return check


def _require_passed(
    found: list[Found],
    reasons: Mapping[str, str],
    answers: Mapping[str, bool],
    traits: Sequence[str],
) -> None:
    if any(thing.span.is_blocking for thing in found):
        raise CheckNotPassed("Some words have to go. Send the page back to its writer for changes.")
    if any(not reasons.get(thing.key, "").strip() for thing in found):
        raise CheckNotPassed("Give a reason for everything that is to stay.")
    if any(answers.get(question, True) for question in QUESTIONS):
        raise CheckNotPassed(
            "Somebody could be known by it. Send the page back to be told more generally."
        )
    if len(set(traits)) >= AuditSettings.load().traits_for_rewriting:
        raise CheckNotPassed(
            "It tells too much of one family. Send it back to be rewritten, or told as a composite."
        )


def _kept(thing: Found, reason: str) -> dict[str, Any]:
    return {
        "part": thing.part,
        "start": thing.span.start,
        "end": thing.span.end,
        "kind": str(thing.span.kind),
        "reason": reason.strip(),
    }


@transaction.atomic
def read_as_another(*, check: DisclosureCheck, read_by: Any) -> DisclosureCheck:
    """The check, read by one more person, who neither wrote nor checked."""
    page = Page.objects.select_for_update().get(pk=check.page_id)
    check = DisclosureCheck.objects.select_for_update().get(pk=check.pk)
    if not user_can_read_as_another(read_by):
        raise PermissionDenied("A QA officer or a lead manager reads it once more.")
    if read_by.pk == check.checked_by_id or read_by.pk in writers_since_last_approval(page):
        raise OwnWorkNotApproved("You wrote or checked it, so somebody else needs to read it.")
    check.also_read_by, check.also_read_at = read_by, timezone.now()
    check.save(update_fields=["also_read_by", "also_read_at"])
    record_event(actor=read_by, action="page.disclosure_read", about=page)
    return check


def user_can_check_disclosure(user: Any) -> bool:
    """Those who make the second check of findings, letters and learning."""
    return holds(user, Right.CHECK_LEARNING)


def user_can_read_as_another(user: Any) -> bool:
    """QA officers and lead managers: they may be the further reader."""
    return holds(user, Right.CHECK_LEARNING) or holds(user, Right.PUBLISH)


def user_can_open_check(user: Any) -> bool:
    """Those, and whoever writes pages: to see what is marked before anybody checks."""
    return holds(user, Right.READ_BEFORE_PUBLISHING)


def require_checked(revision: Revision) -> DisclosureCheck | None:
    """The check of what needs one. Raises `NotChecked` where there is none of these very words."""
    if not needs_disclosure_check(_page_of(revision)):
        return None
    check = check_of(revision)
    if check is None:
        raise NotChecked(
            "Nobody has checked yet whether somebody could be known by these words. Open the page’s "
            "disclosure check."
        )
    return check


def require_disclosure_check(revision: Revision, *, published_by_id: int | None) -> None:
    """Raises `NotChecked` unless these very words were checked, by somebody who does not publish them.

    Looks again for what has to go: the service may have said since what its case numbers look like.
    """
    if not is_searched_for_what_has_to_go(_page_of(revision)):
        return
    check = require_checked(revision)
    if check is not None and check.needs_another_reader:
        raise NotChecked(
            "It tells several things of one family, so one more person needs to read it: open the page’s "
            "disclosure check."
        )
    if check is not None and not check.consent and needs_words_of_consent(_page_of(revision)):
        raise NotChecked(
            "No private letter stands behind this page, and the check does not say how the worker agreed. "
            "Make the page’s disclosure check once more."
        )
    if check is not None and check.checked_by_id == published_by_id:
        raise NotChecked("You made the disclosure check, so somebody else needs to publish it.")
    if any(thing.span.is_blocking for thing in found_in(words_of_revision(revision))):
        raise NotChecked("Some words have to go. Open the page’s disclosure check.")


def _page_of(revision: Revision) -> Page:
    return Page.objects.get(pk=revision.object_id)
