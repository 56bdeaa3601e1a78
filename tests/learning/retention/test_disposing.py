"""What was kept long enough goes whole, by two people's hands, and nothing else goes (domain.md E3, D8)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.db.models import CharField, ForeignKey, JSONField, TextField
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit_pages.models import FindingPage
from learning.access.models import AccessEvent
from learning.events.steps import StepNotPossible
from learning.evidence.selectors import rests_on
from learning.figures.scope import scope_up_to
from learning.figures.themes import tally
from learning.models import (
    AuditCycle,
    AuditSettings,
    AuditSubmission,
    DisposalItem,
    DisposalList,
    EvaluativeStatement,
    Event,
    PageEvidence,
)
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.retention import services
from learning.retention.holds import hold_back
from learning.retention.refusals import RetentionNotPossible
from learning.retention.states import DisposalKind, ListState
from learning.retention.words_of_audits import OF_AUDIT
from learning.selection.models import CaseKey, FrameCase
from learning.work import waiting_for
from tests.learning.audit import a_person, a_recommendation
from tests.learning.retention.conftest import (
    CANARY,
    Kept,
    an_old_look,
    approved,
    texts_of,
    words_left,
)

pytestmark = pytest.mark.django_db


def everywhere(word: str) -> set[str]:
    """Every table of the whole database in which the word stands."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            names = [c.name for c in connection.introspection.get_table_description(cursor, table)]
            for name in names:
                cursor.execute(
                    f'SELECT 1 FROM "{table}" WHERE CAST("{name}" AS TEXT) LIKE %s LIMIT 1',
                    [f"%{word}%"],
                )
                if cursor.fetchone():
                    found.add(table)
    return found


def titles(person: StaffMember) -> list[str]:
    return [item.title for item in waiting_for(StaffMember.objects.get(pk=person.pk))]


def test_the_fixture_has_a_word_in_every_field(kept: Kept) -> None:
    for rows, names in texts_of(OF_AUDIT, kept.old):
        for name in names:
            if rows.model is not PageEvidence:
                assert rows.filter(**{f"{name}__contains": CANARY}).exists(), (rows.model, name)


def test_from_due_to_gone_by_two_people(kept: Kept, sign_in: Callable[..., Client]) -> None:
    lead, governance = sign_in(kept.lead), sign_in(kept.governance)
    lead.post(reverse("retention:draw_up"))
    disposal = DisposalList.objects.get()
    url = disposal.get_absolute_url()
    assert "Check the list of what is due to be disposed of" in titles(kept.lead)
    assert kept.old.case.ref in lead.get(url).text
    assert kept.young.case.ref not in lead.get(url).text
    approve = reverse("retention:approve", args=[disposal.pk])
    assert governance.post(approve).status_code == 302
    assert DisposalList.objects.get().state == ListState.DRAWN_UP, "not before it was checked"
    lead.post(reverse("retention:check", args=[disposal.pk]))
    assert "Approve the list of what is due to be disposed of" in titles(kept.governance)
    assert lead.post(approve).status_code == 403
    call_command("dispose", stdout=StringIO())
    assert words_left(OF_AUDIT, kept.old), "not before it was approved"
    governance.post(approve)
    call_command("dispose", stdout=StringIO())
    assert DisposalList.objects.get().state == ListState.DONE
    assert AuditSubmission.objects.get(pk=kept.old.pk).state == "disposed"
    assert not words_left(OF_AUDIT, kept.old) and words_left(OF_AUDIT, kept.young)
    gone = AuditSubmission.objects.get(pk=kept.old.pk)
    assert (gone.age_band, gone.months_open, gone.sources_read) == ("", "", [])
    page = lead.get(url).text
    assert "Certificate of disposal" in page and str(kept.governance) in page
    assert Event.objects.filter(action="disposalitem.dispose").count() == 2, "audit and letter"
    read = reverse("submissions:read", args=[kept.old.case.ref])
    assert "What was written in it is gone" in lead.get(read).text
    assert not kept.old.case.pair.people[0].groups.exists()
    assert sign_in(kept.old.case.worker).get(read).status_code == 404


def test_not_one_word_is_left_anywhere(kept: Kept, sign_in: Any) -> None:
    page = FindingPage.objects.live().first()
    PageEvidence.objects.create(
        page=page, submission=kept.old, bearing=f"So {CANARY}", named_by=kept.lead
    )
    assert "learning_sectionentry" in everywhere(CANARY)
    disposal = approved(kept)
    services.carry_out()
    # the young audit has the same word: what is left is the young one's, and goes with it
    AuditCycle.objects.filter(pk=kept.young.case.cycle_id).update(
        closed_at=timezone.now() - timedelta(days=31 * 40)
    )
    assert everywhere(CANARY)
    approved(kept)
    services.carry_out()
    assert everywhere(CANARY) == set()
    lead = sign_in(kept.lead)
    for audit in (kept.old, kept.young):
        for name in ("submissions:read", "submissions:changes", "feedback:case"):
            page_of_it = lead.get(reverse(name, args=[audit.case.ref]))
            assert page_of_it.status_code == 200 and CANARY not in page_of_it.text, name
    assert CANARY not in lead.get(disposal.get_absolute_url()).text


def test_what_figures_and_pages_rest_on_stays(kept: Kept) -> None:
    page = FindingPage.objects.live().first()
    PageEvidence.objects.filter(page=page).delete()
    PageEvidence.objects.create(page=page, submission=kept.old, named_by=kept.lead)
    reader = a_person("Rea")
    before = (rests_on(page.pk, reader), _statements(kept.old), _facts(kept.old))
    approved(kept)
    services.carry_out()
    after = (rests_on(page.pk, reader), _statements(kept.old), _facts(kept.old))
    assert before == after and before[0] is not None
    assert page.live and FindingPage.objects.get(pk=page.pk).latest_revision == page.latest_revision


def _statements(audit: AuditSubmission) -> list[Any]:
    rows = EvaluativeStatement.objects.filter(entry__submission=audit)
    return list(rows.values_list("pk", "kind", "themes", "written_at"))


def _facts(audit: AuditSubmission) -> list[Any]:
    return [
        list(audit.gaps.values_list("kind")),
        list(audit.confirmations.values_list("hours", "person")),
        list(audit.family_feedback.values_list("asked", "state")),
        list(audit.reviews.values_list("outcome", "reviewed_at")),
        list(audit.conversation.participants),
        audit.locked_at,
        tally(scope_up_to(None, timezone.localdate()), ("strength",)),
    ]


KEPT_ON_PURPOSE = {
    "SubmissionGrant": "rows that go",
    "EntryVersion": "rows that go",
    "MorningText": "rows that go",
    "AuditSubmission.sources_read": "ticks; they go with the step that disposes of it",
    "SectionPresence": "rows that go",
    "GoodPracticeLetter": "a kind of its own",
    "Escalation": "emptied to a fixed sentence, since the database asks for words",
    "EscalationAlert": "no words of anybody",
    "Opening": "who opened it and why: watched over like the access log",
    "LegalHold": "why it was held back",
    "DisposalItem": "the certificate",
    "Recommendation": "a kind of its own, with its own time: words.py",
    "FeedbackAnswer.question": "the question’s wording, which stands in its page as well",
    "FamilyFeedback.question_set_title": "the name of a page",
    "SubmitConfirmation.fingerprint": "a hash",
    "Conversation.participants": "roles, no names",
    "PageEvidence.earlier_reference": "a reference",
    "SpotCheck.ref": "a reference",
}


def _free_text(model: Any) -> Iterator[str]:
    for field in model._meta.local_concrete_fields:
        is_text = isinstance(field, CharField | TextField | JSONField)
        if is_text and not getattr(field, "choices", None) and field.name != "state":
            yield field.name


def test_every_text_of_an_audit_is_thought_of(kept: Kept) -> None:
    """Whoever hangs a new table with text on a submission says here, or in `OF_AUDIT`, what becomes of it."""
    assert not forgotten(AuditSubmission, texts_of(OF_AUDIT, kept.old))


def forgotten(root: Any, texts: list[Any]) -> list[str]:
    """Columns of text of what hangs on the model, of which nobody has said what becomes of them."""
    emptied = {(rows.model, name) for rows, names in texts for name in names}
    reached, grew = {root}, True
    models = list(apps.get_app_config("learning").get_models())
    while grew:
        grew = False
        for model in models:
            links = [f for f in model._meta.local_concrete_fields if isinstance(f, ForeignKey)]
            hangs = any(
                link.related_model in reached and link.related_model.__name__ not in KEPT_ON_PURPOSE
                for link in links
            )
            if hangs and model not in reached:
                reached.add(model)
                grew = True
    return [
        f"{model.__name__}.{name}"
        for model in reached
        for name in _free_text(model)
        if (model, name) not in emptied
        and model.__name__ not in KEPT_ON_PURPOSE
        and f"{model.__name__}.{name}" not in KEPT_ON_PURPOSE
    ]


def test_cut_off_half_way_it_goes_on(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    approved(kept)
    real, calls = services.empty, []

    def breaks(item: DisposalItem, actor: Any) -> Any:
        calls.append(item.kind)
        counts = real(item, actor)
        if item.kind == DisposalKind.LETTER:
            raise ConnectionError("power cut")
        return counts

    monkeypatch.setattr(services, "empty", breaks)
    with pytest.raises(ConnectionError):
        services.carry_out()
    assert not words_left(OF_AUDIT, kept.old)
    kept.letter.refresh_from_db()
    assert CANARY in kept.letter.thanks, "the letter is whole, not half gone"
    assert DisposalList.objects.get().state == ListState.APPROVED
    monkeypatch.setattr(services, "empty", real)
    assert [item.kind for item in services.carry_out()] == ["letter"]
    assert DisposalList.objects.get().state == ListState.DONE
    assert services.carry_out() == []


def test_one_audit_that_breaks_in_the_middle_keeps_every_word(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved(kept)
    before = words_left(OF_AUDIT, kept.old)

    def breaks(*args: Any, **kwargs: Any) -> Any:
        raise ConnectionError("power cut")

    monkeypatch.setattr("learning.retention.emptying.take_step", breaks)
    with pytest.raises(ConnectionError):
        services.carry_out()
    assert words_left(OF_AUDIT, kept.old) == before


def test_a_hold_after_the_approval_still_counts(kept: Kept, sign_in: Any) -> None:
    disposal = approved(kept)
    later = timezone.localdate() + timedelta(days=90)
    answer = sign_in(kept.lead).post(
        reverse("retention:hold_back"),
        {
            "reference": kept.old.case.ref,
            "reason": "An inquiry asks for it.",
            "review_on_day": later.day,
            "review_on_month": later.month,
            "review_on_year": later.year,
        },
    )
    assert answer.status_code == 302
    services.carry_out()
    assert words_left(OF_AUDIT, kept.old)
    assert {item.left_out_because for item in disposal.items.all()} == {services.HELD}
    with pytest.raises(RetentionNotPossible, match="Nothing is due"):
        services.draw_up_list(drawn_up_by=kept.lead)


def test_a_hold_ends_by_another_hand_and_then_it_is_due(kept: Kept, sign_in: Any) -> None:
    today = timezone.localdate()
    hold = hold_back(
        about=kept.old,
        reason="An inquiry",
        review_on=today + timedelta(1),
        placed_by=kept.lead,
    )
    end = reverse("retention:end_hold", args=[hold.pk])
    assert sign_in(kept.lead).post(end, {"reason": "It is over."}).status_code == 422
    assert sign_in(kept.governance).post(end, {"reason": "."}).status_code == 422
    with pytest.raises(RetentionNotPossible):
        services.draw_up_list(drawn_up_by=kept.lead)
    assert sign_in(kept.governance).post(end, {"reason": "It is over."}).status_code == 302
    assert services.draw_up_list(drawn_up_by=kept.lead).items.count() == 2


def test_a_hold_whose_day_has_come_waits_for_somebody(kept: Kept) -> None:
    hold = hold_back(
        about=kept.old,
        reason="An inquiry",
        review_on=timezone.localdate() + timedelta(1),
        placed_by=kept.lead,
    )
    words = f"Look again at why {kept.old.case.ref} is held back"
    assert words not in titles(kept.governance)
    type(hold).objects.update(review_on=timezone.localdate())
    assert words in titles(kept.governance) and words in titles(kept.lead)


def test_a_cycle_that_was_opened_again_is_left_out(kept: Kept) -> None:
    disposal = approved(kept)
    AuditCycle.objects.filter(pk=kept.old.case.cycle_id).update(state="reporting", closed_at=None)
    services.carry_out()
    assert words_left(OF_AUDIT, kept.old)
    assert {item.left_out_because for item in disposal.items.all()} == {services.NO_LONGER_DUE}
    assert DisposalList.objects.get().state == ListState.DONE


def test_one_person_with_both_roles_does_not_do_both(kept: Kept, sign_in: Any) -> None:
    kept.governance.groups.add(kept.lead.groups.get(name=Role.LEAD_QA.label))
    both = StaffMember.objects.get(pk=kept.governance.pk)
    disposal = services.draw_up_list(drawn_up_by=both)
    disposal = services.check_list(disposal=disposal, checked_by=both)
    with pytest.raises(PermissionDenied):
        services.approve_list(disposal=disposal, approved_by=both)
    approve = reverse("retention:approve", args=[disposal.pk])
    assert sign_in(both).post(approve).status_code == 403
    assert "Approve the list of what is due to be disposed of" not in titles(both)


@pytest.mark.parametrize("role", [r for r in Role if r != Role.INFORMATION_GOVERNANCE])
def test_no_other_role_approves(role: Role, kept: Kept, sign_in: Any) -> None:
    disposal = services.draw_up_list(drawn_up_by=None)
    services.check_list(disposal=disposal, checked_by=kept.lead)
    answer = sign_in(role).post(reverse("retention:approve", args=[disposal.pk]))
    assert answer.status_code == 403
    assert (
        sign_in(a_person("Root", is_superuser=True)).get(disposal.get_absolute_url()).status_code
        == 403
    )


def test_one_list_at_a_time(kept: Kept) -> None:
    disposal = services.draw_up_list(drawn_up_by=kept.lead)
    with pytest.raises(RetentionNotPossible, match="open already"):
        services.draw_up_list(drawn_up_by=kept.lead)
    services.set_list_aside(disposal=disposal, reason="Not now", set_aside_by=kept.governance)
    assert services.draw_up_list(drawn_up_by=kept.lead).items.count() == 2
    with pytest.raises(StepNotPossible):
        services.check_list(disposal=disposal, checked_by=kept.lead)


def test_the_months_are_settings(kept: Kept) -> None:
    AuditSettings.objects.update_or_create(
        defaults={"keep_audits_months": 120, "keep_letters_months": 1}
    )
    items = services.draw_up_list(drawn_up_by=kept.lead).items
    assert [item.kind for item in items.all()] == ["letter"]


def test_the_timer_draws_up_one_list_a_month_and_a_dry_run_changes_nothing(kept: Kept) -> None:
    out = StringIO()
    call_command("dispose", dry_run=True, stdout=out)
    assert kept.old.case.ref in out.getvalue() and "2 things." in out.getvalue()
    assert not DisposalList.objects.exists()
    call_command("dispose", stdout=StringIO())
    call_command("dispose", stdout=StringIO())
    assert DisposalList.objects.count() == 1
    services.set_list_aside(
        disposal=DisposalList.objects.get(), reason="Not now", set_aside_by=kept.lead
    )
    call_command("dispose", stdout=StringIO())
    assert DisposalList.objects.count() == 1
    call_command("dispose", draw_up=True, stdout=StringIO())
    assert DisposalList.objects.count() == 2


def test_keys_go_when_nobody_needs_them(kept: Kept) -> None:
    case = kept.old.case
    frame = case.case.frame
    CaseKey.objects.create(case=case.case, council_id="CH0001")
    FrameCase.objects.create(frame=frame, pseudonym="never-drawn")
    recommendation = a_recommendation(kept.old, owner=kept.lead)
    kinds = {item.kind for item in approved(kept).items.all()}
    assert DisposalKind.KEYS not in kinds, "a recommendation is open"
    services.carry_out()
    type(recommendation).objects.filter(pk=recommendation.pk).update(
        state="verified", verified_at=timezone.now() - timedelta(days=200)
    )
    with pytest.raises(RetentionNotPossible):
        services.draw_up_list(drawn_up_by=kept.lead)
    type(recommendation).objects.update(verified_at=timezone.now() - timedelta(days=400))
    approved(kept)
    (item,) = services.carry_out()
    assert item.counts == {"case numbers": 1, "cases that were not drawn": 1}
    assert not CaseKey.objects.filter(case=case.case).exists()
    assert FrameCase.objects.filter(pk=case.case_id).exists(), "the drawn case stays, by pseudonym"


def test_the_access_log_is_forgotten_after_its_time_and_only_then(kept: Kept) -> None:
    an_old_look()
    an_old_look(object_type="learning.auditsubmission", object_id=str(kept.young.pk))
    hold_back(
        about=kept.young,
        reason="An inquiry",
        review_on=timezone.localdate() + timedelta(9),
        placed_by=kept.lead,
    )
    before = AccessEvent.objects.count()
    approved(kept)
    services.carry_out()
    gone = DisposalItem.objects.get(kind=DisposalKind.ACCESS_LOG)
    assert gone.counts == {"rows of the access log": 1}
    assert AccessEvent.objects.count() == before - 1
    assert AccessEvent.objects.filter(object_id=str(kept.young.pk)).exists(), "it is held back"
