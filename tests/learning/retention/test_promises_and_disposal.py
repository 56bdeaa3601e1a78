"""The crack that disposal opens in the promises: who tries to get anything else through it is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.events.emptying import EMPTYINGS
from learning.events.emptying_rules import Emptying
from learning.events.triggers import install, missing, take_down
from learning.models import (
    Addendum,
    AuditSubmission,
    DisposalItem,
    DisposalList,
    EntryVersion,
    Event,
    GoodPracticeLetter,
    LegalHold,
    MorningText,
    SectionEntry,
    WorkerReply,
)
from learning.retention import services
from learning.retention.holds import hold_back
from learning.retention.states import DisposalKind
from learning.retention.words_of_audits import OF_AUDIT
from tests.learning.retention.conftest import WORDS, Kept, an_old_look, approved, texts_of

pytestmark = pytest.mark.django_db


def refused(do: Callable[[], Any]) -> None:
    """Fails unless the database refuses."""
    with pytest.raises(DatabaseError), transaction.atomic():
        do()


def promised(audit: AuditSubmission) -> list[tuple[Any, tuple[str, ...]]]:
    """What the database keeps of a locked audit, with its columns of text."""
    tables = {rule.table for rule in EMPTYINGS}
    return [row for row in texts_of(OF_AUDIT, audit) if row[0].model._meta.db_table in tables]


def test_what_the_service_empties_is_what_the_database_allows(kept: Kept) -> None:
    rules = [rule for rule in EMPTYINGS if isinstance(rule, Emptying)]
    allowed = {rule.table: {*rule.texts, *rule.gone} for rule in rules}
    for rows, names in promised(kept.old):
        assert set(names) == allowed[rows.model._meta.db_table], rows.model


def test_without_an_approved_list_no_text_goes(kept: Kept) -> None:
    disposal = services.draw_up_list(drawn_up_by=kept.lead)
    for _ in range(2):
        for rows, names in promised(kept.old):
            refused(lambda rows=rows, names=names: rows.update(**{names[0]: ""}))
        refused(EntryVersion.objects.filter(entry__submission=kept.old).delete)
        refused(lambda: AuditSubmission.objects.filter(pk=kept.old.pk).update(state="disposed"))
        if disposal.state == "drawn_up":
            disposal = services.check_list(disposal=disposal, checked_by=kept.lead)


def test_while_it_is_open_text_becomes_nothing_and_nothing_else(kept: Kept) -> None:
    approved(kept)
    for rows, names in promised(kept.old):
        refused(lambda rows=rows, names=names: rows.update(**{names[0]: "Another word."}))
        refused(rows.delete)
    entries = SectionEntry.objects.filter(submission=kept.old)
    refused(lambda: entries.update(saw="", version=7))
    refused(lambda: entries.update(saw="", written_at=timezone.now()))
    replies = WorkerReply.objects.filter(submission=kept.old)
    refused(lambda: replies.update(facts="", worker=kept.lead))
    refused(lambda: EntryVersion.objects.filter(entry__submission=kept.old).update(boxes={}))
    audit = AuditSubmission.objects.filter(pk=kept.old.pk)
    for change in (
        {"age_band": "5-9", "state": "disposed"},
        {"state": "disposed"},
        {"state": "reading"},
        {"locked_at": None},
        {"state": "disposed", "locked_at": None},
    ):
        refused(lambda change=change: audit.update(**change))
    refused(lambda: kept.old.escalations.update(evidence="Another word."))
    letters = GoodPracticeLetter.objects.filter(submission=kept.old)
    refused(lambda: letters.update(thanks="", worker=kept.lead))
    refused(lambda: letters.update(sent_at=timezone.now()))


def test_another_audit_stays_as_it_is(kept: Kept) -> None:
    approved(kept)
    for rows, names in promised(kept.young):
        refused(lambda rows=rows, names=names: rows.update(**{names[0]: ""}))
    refused(EntryVersion.objects.filter(entry__submission=kept.young).delete)
    refused(MorningText.objects.filter(submission=kept.young).delete)


def test_a_hold_closes_the_crack(kept: Kept) -> None:
    approved(kept)
    hold_back(
        about=kept.old,
        reason="An inquiry",
        review_on=timezone.localdate().replace(year=2099),
        placed_by=kept.lead,
    )
    for rows, names in promised(kept.old):
        refused(lambda rows=rows, names=names: rows.update(**{names[0]: ""}))
    refused(EntryVersion.objects.filter(entry__submission=kept.old).delete)


def test_after_it_is_done_the_crack_is_closed(kept: Kept) -> None:
    approved(kept)
    services.carry_out()
    refused(lambda: Addendum.objects.filter(submission=kept.old).update(text="Back again."))
    refused(lambda: SectionEntry.objects.filter(submission=kept.old).update(saw=WORDS))
    refused(lambda: AuditSubmission.objects.filter(pk=kept.old.pk).update(state="locked"))
    refused(lambda: SectionEntry.objects.filter(submission=kept.old).delete())


def test_nobody_forges_an_approval(kept: Kept) -> None:
    now = timezone.now()
    refused(
        lambda: DisposalList.objects.create(
            state="approved",
            checked_by=kept.lead,
            checked_at=now,
            approved_by=kept.governance,
            approved_at=now,
        )
    )
    disposal = services.draw_up_list(drawn_up_by=kept.lead)
    rows = DisposalList.objects.filter(pk=disposal.pk)
    refused(lambda: rows.update(approved_by=kept.governance, approved_at=now))
    refused(lambda: rows.update(approved_at=now))
    services.check_list(disposal=disposal, checked_by=kept.lead)
    refused(lambda: rows.update(approved_by=kept.lead, approved_at=now))
    refused(lambda: rows.update(checked_by=kept.governance))
    refused(rows.delete)
    refused(
        lambda: DisposalItem.objects.create(
            list=disposal, kind=DisposalKind.AUDIT, submission=kept.young
        )
    )
    items = disposal.items.filter(kind=DisposalKind.AUDIT)
    refused(lambda: items.update(submission=kept.young))
    refused(lambda: items.update(kind="keys"))
    refused(items.delete)


def test_a_certificate_and_a_hold_stay_as_they_are(kept: Kept) -> None:
    disposal = approved(kept)
    services.carry_out()
    refused(lambda: disposal.items.update(counts={}))
    refused(lambda: disposal.items.update(done_at=None))
    refused(lambda: DisposalList.objects.update(approved_by=kept.lead))
    hold = hold_back(
        about=kept.young,
        reason="An inquiry",
        review_on=timezone.localdate().replace(year=2099),
        placed_by=kept.lead,
    )
    refused(lambda: LegalHold.objects.update(reason="Another"))
    refused(hold.delete)


def test_the_log_goes_only_as_far_as_was_approved(kept: Kept) -> None:
    an_old_look()
    old = AccessEvent.objects.order_by("happened_at")[:1].get()
    refused(old.delete)
    approved(kept)
    newer = AccessEvent.objects.create(action="viewed")
    refused(newer.delete)
    refused(lambda: AccessEvent.objects.filter(pk=old.pk).update(object_id="1"))
    old.delete()
    event = Event.objects.first()
    assert isinstance(event, models.Model)
    refused(event.delete)


def test_two_open_lists_are_one_too_many(kept: Kept) -> None:
    DisposalList.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        DisposalList.objects.create()


def test_an_upgrade_may_rebuild_a_table_that_triggers_speak_of(kept: Kept) -> None:
    if connection.vendor == "sqlite":
        take_down(connection)
        assert missing(connection)
    install(connection)
    assert missing(connection) == []
