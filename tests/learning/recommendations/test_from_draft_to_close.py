"""One recommendation all the way, each step by the person whose it is and by nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.events.models import Event
from learning.models import Recommendation, Verification
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.recommendations import services
from learning.recommendations.states import DerivedStatus, RecommendationState
from learning.submissions.states import SubmissionState
from learning.work import waiting_for
from tests.learning.audit import a_cycle, a_plenary_note, a_recommendation
from tests.learning.recommendations.conftest import (
    EVIDENCE,
    STATEMENT,
    Audit,
    a_colleague,
    a_confirmation,
    a_draft,
    in_working_days,
    typed,
    url,
)

pytestmark = pytest.mark.django_db

CANARY = "kestrelquarry"


def drafting_url(audit: Audit) -> str:
    return reverse("recommendations:draft", args=[audit.submission.case.ref])


def sign_off(audit: Audit) -> None:
    """The submission as the lead's signature leaves it."""
    audit.submission.__class__.objects.filter(pk=audit.submission.pk).update(
        state=SubmissionState.QUALITY_ASSURED
    )


def titles(person: StaffMember) -> list[str]:
    fresh = StaffMember.objects.get(pk=person.pk)
    return [item.title for item in waiting_for(fresh)]


def test_the_whole_line(
    audit: Audit, sign_in: Callable[..., Client], django_capture_on_commit_callbacks: Any
) -> None:
    pair, lead, owner = sign_in(audit.auditor), sign_in(audit.lead), sign_in(audit.owner)
    assert pair.get(drafting_url(audit)).status_code == 200
    assert pair.post(drafting_url(audit), a_draft(audit.owner)).status_code == 302
    drafted = Recommendation.objects.get()
    assert drafted.status() == DerivedStatus.DRAFT
    assert drafted.original_due_date is None
    assert owner.get(url("show", drafted)).status_code == 404, "a draft is not the owner's yet"

    sign_off(audit)
    assert f"Issue the draft {drafted.ref}" in titles(audit.lead)
    issue = {"owner": audit.owner.pk, **typed("due_date", in_working_days(30))}
    with django_capture_on_commit_callbacks(execute=True):
        assert lead.post(url("issue", drafted), issue).status_code == 302
    issued = Recommendation.objects.get()
    assert issued.original_due_date == issued.due_date == in_working_days(30)
    assert issued.status() == DerivedStatus.ON_TRACK

    assert f"Take on recommendation {issued.ref}" in titles(audit.owner)
    assert "I take this on" in owner.get(url("show", issued)).text
    owner.post(url("take_on", issued))
    owner.post(url("update", issued), {"words": "The family meets on Tuesday."})
    assert Recommendation.objects.get().state == RecommendationState.IN_PROGRESS
    answer = owner.post(url("confirm", issued), a_confirmation(audit.owner.get_full_name()))
    assert answer.status_code == 302
    confirmed = Recommendation.objects.get()
    assert confirmed.status() == DerivedStatus.AWAITING_VERIFICATION

    assert f"Verify the statement on {issued.ref}" in titles(audit.officer)
    officer = sign_in(audit.officer)
    assert STATEMENT in officer.get(url("verify", issued)).text
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(url("verify", issued), {"answer": "accept", "words": "Seen in the plan."})
    verified = Recommendation.objects.get()
    assert verified.status() == DerivedStatus.VERIFIED
    assert verified.verified_by == audit.officer

    lead.post(url("close", issued))
    assert Recommendation.objects.get().state == RecommendationState.CLOSED
    page = owner.get(url("show", issued)).text
    told = ["drafted it", "issued it", "took it on", "wrote how it is going"]
    told += ["confirmed in writing", "verified the statement", "closed it"]
    places = [page.index(words) for words in told]
    assert places == sorted(places), "the story is told in order"
    assert EVIDENCE in page
    assert [message.to for message in mail.outbox] == [[audit.owner.email], [audit.owner.email]]
    for message in mail.outbox:
        assert url("show", issued) in message.body
        assert issued.ref in message.subject
        for words in ("family", "weekend", "Tuesday", "Seen in the plan"):
            assert words not in message.body + message.subject


def test_each_step_leaves_an_event_without_case_words(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    sign_in(audit.auditor).post(
        drafting_url(audit), a_draft(audit.owner, action=f"Find {CANARY} and agree with it.")
    )
    sign_off(audit)
    drafted = Recommendation.objects.get()
    issue = {"owner": audit.owner.pk, **typed("due_date", in_working_days(5))}
    sign_in(audit.lead).post(url("issue", drafted), issue)
    owner = sign_in(audit.owner)
    owner.post(url("take_on", drafted))
    owner.post(
        url("confirm", drafted),
        a_confirmation(audit.owner.get_full_name(), statement=f"{STATEMENT} {CANARY}"),
    )
    sign_in(audit.officer).post(url("verify", drafted), {"answer": "return", "words": CANARY})
    rows = Event.objects.filter(object_type="learning.recommendation").order_by("id")
    assert [row.action.split(".")[1] for row in rows] == [
        "draft", "issue", "acknowledge", "confirm_completion", "send_back",
    ]  # fmt: skip
    assert not any(CANARY in row.reason for row in rows)
    assert all(row.actor_id for row in rows)


# --- Drafting ------------------------------------------------------------------------------------


def test_only_the_pair_and_the_lead_draft_from_an_audit(
    audit: Audit, sign_in: Callable[..., Client], stranger: StaffMember
) -> None:
    other_pair = a_colleague("Cem")
    for somebody in (stranger, other_pair, audit.worker, audit.owner, audit.officer):
        answer = sign_in(somebody).post(drafting_url(audit), a_draft(audit.owner))
        assert answer.status_code in (403, 404), somebody
    assert not Recommendation.objects.exists()
    assert sign_in(audit.partner).post(drafting_url(audit), a_draft(audit.owner)).status_code == 302


def test_the_pair_drafts_no_more_once_the_audit_is_submitted(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    sign_in(audit.auditor).post(drafting_url(audit), a_draft(audit.owner))
    draft = Recommendation.objects.get()
    sign_off(audit)
    client = sign_in(audit.auditor)
    assert "takes no more drafts" in client.post(
        drafting_url(audit), a_draft(audit.owner), follow=True
    ).text  # fmt: skip
    changed = client.post(url("change", draft), a_draft(audit.owner, action="Something else."))
    assert changed.status_code == 422
    assert Recommendation.objects.get().action == draft.action


def test_a_plenary_gives_recommendations_of_a_wider_reach_only(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    a_plenary_note(audit.cycle)
    address = reverse("plenaries:recommend", args=[audit.cycle.ref])
    client = sign_in(audit.auditor)
    refused = client.post(address, a_draft(audit.owner))
    assert refused.status_code == 422
    assert client.post(address, a_draft(audit.owner, level="organisational")).status_code == 302
    assert Recommendation.objects.get().submission is None
    assert sign_in(a_colleague("Dev")).get(address).status_code == 404


def test_references_count_on_and_never_meet(audit: Audit, sign_in: Callable[..., Client]) -> None:
    client = sign_in(audit.auditor)
    for _ in range(3):
        client.post(drafting_url(audit), a_draft(audit.owner))
    first = Recommendation.objects.order_by("ref").first()
    assert first is not None
    assert client.post(url("discard", first)).status_code == 302
    client.post(drafting_url(audit), a_draft(audit.owner))
    refs = list(Recommendation.objects.order_by("ref").values_list("ref", flat=True))
    assert refs == [f"2031-Q1-R-{number:02}" for number in (2, 3, 4)]


# --- Issuing -------------------------------------------------------------------------------------


def test_it_is_issued_by_a_lead_alone_after_quality_assurance_with_time_to_act(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    draft = a_recommendation(audit.submission, owner=audit.owner, state="draft")
    issue = {"owner": audit.owner.pk, **typed("due_date", in_working_days(5))}
    lead = sign_in(audit.lead)
    assert "signed off" in lead.post(url("issue", draft), issue).text
    sign_off(audit)
    for somebody in (audit.auditor, audit.officer):
        assert sign_in(somebody).post(url("issue", draft), issue).status_code == 403
    today = {**issue, **typed("due_date", timezone.localdate())}
    assert "in the future" in lead.post(url("issue", draft), today).text
    assert Recommendation.objects.get().state == RecommendationState.DRAFT
    assert lead.post(url("issue", draft), issue).status_code == 302


def test_nobody_owns_it_who_could_not_open_it(audit: Audit, sign_in: Callable[..., Client]) -> None:
    sign_off(audit)
    draft = a_recommendation(audit.submission, owner=audit.owner, state="draft")
    lead = sign_in(audit.lead)
    support = a_colleague("Eli", Role.IT_SUPPORT)
    left = a_colleague("Fay", Role.LINE_MANAGER, ends_on=in_working_days(-2))
    for somebody in (support, left):
        issue = {"owner": somebody.pk, **typed("due_date", in_working_days(5))}
        assert lead.post(url("issue", draft), issue).status_code == 422
    assert Recommendation.objects.get().state == RecommendationState.DRAFT


# --- Confirming in writing -----------------------------------------------------------------------


@pytest.fixture
def taken_on(audit: Audit) -> Recommendation:
    sign_off(audit)
    return a_recommendation(audit.submission, owner=audit.owner, state="acknowledged")


NOT_ENOUGH = {
    "a tick": {"statement": "✓"},
    "one word": {"statement": "Done."},
    "one word many times": {"statement": "done " * 40},
    "its own words": {
        "statement": "Agree with the family who comes when the plan is under strain. So that she knows "
        "who will be there at the weekend."
    },
    "its own words, done": {
        "statement": "Done: agreed with the family who comes when the plan is under strain, yes."
    },
    "no evidence": {"evidence": "yes"},
    "the statement as evidence": {"evidence": STATEMENT},
    "somebody else's name": {"full_name": "Ada Built"},
    "initials": {"full_name": "OA"},
    "a day to come": typed("completed_on", in_working_days(3)),
    "no day": typed("completed_on", in_working_days(0)) | {"completed_on_day": ""},
}


@pytest.mark.parametrize("why", NOT_ENOUGH)
def test_what_is_not_a_written_statement_is_refused_with_a_sentence(
    why: str, taken_on: Recommendation, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    form = a_confirmation(audit.owner.get_full_name(), **NOT_ENOUGH[why])
    answer = sign_in(audit.owner).post(url("confirm", taken_on), form)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    taken_on.refresh_from_db()
    assert taken_on.state == RecommendationState.ACKNOWLEDGED
    assert not taken_on.confirmations.exists()


def test_capitals_and_apostrophes_of_the_name_do_not_matter(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    sign_off(audit)
    audit.owner.first_name, audit.owner.last_name = "Niamh", "O'Dowd"
    audit.owner.save()
    taken_on = a_recommendation(audit.submission, owner=audit.owner, state="acknowledged")
    form = a_confirmation("niamh   O’DOWD")
    assert sign_in(audit.owner).post(url("confirm", taken_on), form).status_code == 302


def test_only_the_owner_confirms(
    taken_on: Recommendation, audit: Audit, sign_in: Callable[..., Client], stranger: StaffMember
) -> None:
    everybody_else = (
        audit.lead, audit.officer, audit.auditor, audit.worker, audit.owners_manager, stranger,
    )  # fmt: skip
    for somebody in everybody_else:
        client = sign_in(somebody)
        for form in (audit.owner.get_full_name(), somebody.get_full_name()):
            answer = client.post(url("confirm", taken_on), a_confirmation(form))
            assert answer.status_code in (403, 404), somebody
        assert client.post(url("update", taken_on), {"words": "x"}).status_code in (403, 404)
        assert client.post(url("take_on", taken_on)).status_code in (403, 404)
    assert not taken_on.confirmations.exists()
    assert not taken_on.updates.exists()


# --- Verifying -----------------------------------------------------------------------------------


@pytest.fixture
def confirmed(taken_on: Recommendation, audit: Audit) -> Recommendation:
    services.confirm_completion(
        recommendation=taken_on,
        statement=STATEMENT,
        completed_on=timezone.localdate(),
        evidence=EVIDENCE,
        full_name=audit.owner.get_full_name(),
        confirmed_by=audit.owner,
    )
    return Recommendation.objects.get(pk=taken_on.pk)


def test_a_statement_that_came_back_is_answered_anew_and_both_are_kept(
    confirmed: Recommendation, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    officer, owner = sign_in(audit.officer), sign_in(audit.owner)
    without_words = officer.post(url("verify", confirmed), {"answer": "return", "words": " "})
    assert without_words.status_code == 422
    officer.post(url("verify", confirmed), {"answer": "return", "words": "Which plan names her?"})
    assert f"Recommendation {confirmed.ref} was sent back: read what is missing" in titles(
        audit.owner
    )
    same = owner.post(url("confirm", confirmed), a_confirmation(audit.owner.get_full_name()))
    assert "sent back" in same.text
    assert same.status_code == 422
    again = a_confirmation(
        audit.owner.get_full_name(), statement=f"{STATEMENT} It is the plan after the June review."
    )
    assert owner.post(url("confirm", confirmed), again).status_code == 302
    officer.post(url("verify", confirmed), {"answer": "accept", "words": ""})
    assert Recommendation.objects.get().state == RecommendationState.VERIFIED
    answers = Verification.objects.order_by("pk").values_list("is_accepted", flat=True)
    assert list(answers) == [False, True]
    page = owner.get(url("show", confirmed)).text
    assert "Which plan names her?" in page
    assert page.count(STATEMENT) == 2


def test_the_owner_never_verifies_not_even_as_lead_or_officer(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    sign_off(audit)
    for owner in (audit.lead, audit.officer):
        own = a_recommendation(audit.submission, owner=owner, state="acknowledged")
        sign_in(owner).post(url("confirm", own), a_confirmation(owner.get_full_name()))
        answer = sign_in(owner).post(url("verify", own), {"answer": "accept", "words": "Fine."})
        assert answer.status_code == 403
        own.refresh_from_db()
        assert own.state == RecommendationState.COMPLETION_CONFIRMED
        with pytest.raises(PermissionDenied):
            services.verify(recommendation=own, words="", verified_by=owner)
        with pytest.raises(PermissionDenied):
            services.return_confirmation(recommendation=own, words="x", returned_by=owner)
        with pytest.raises(IntegrityError), transaction.atomic():
            Recommendation.objects.filter(pk=own.pk).update(verified_by=owner)


def test_others_do_not_verify_or_close(
    confirmed: Recommendation, audit: Audit, sign_in: Callable[..., Client], stranger: StaffMember
) -> None:
    for somebody in (audit.auditor, audit.worker, audit.owner, stranger, audit.owners_manager):
        client = sign_in(somebody)
        answer = client.post(url("verify", confirmed), {"answer": "accept", "words": ""})
        assert answer.status_code in (403, 404), somebody
        assert client.post(url("close", confirmed)).status_code in (403, 404)
    assert sign_in(audit.officer).post(url("close", confirmed)).status_code == 403
    assert not Verification.objects.exists()


def test_a_superuser_without_a_role_finds_nothing(
    confirmed: Recommendation, sign_in: Callable[..., Client]
) -> None:
    root = StaffMember.objects.create_superuser(
        "root@harrowmere.example", "x", first_name="Root", last_name="Root"
    )
    client = sign_in(root)
    assert client.get(url("show", confirmed)).status_code == 404
    assert client.get(reverse("recommendations:register")).status_code == 403


def test_a_step_out_of_turn_changes_nothing_and_says_so(
    taken_on: Recommendation, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    lead = sign_in(audit.lead)
    for name in ("issue", "change", "verify"):
        assert "not the step that comes now" in lead.get(url(name, taken_on), follow=True).text
    assert "Somebody else may have taken the step" in lead.post(
        url("close", taken_on), follow=True
    ).text  # fmt: skip
    taken_on.refresh_from_db()
    assert taken_on.state == RecommendationState.ACKNOWLEDGED


def test_each_look_and_each_refusal_is_logged(
    confirmed: Recommendation, audit: Audit, sign_in: Callable[..., Client], stranger: StaffMember
) -> None:
    sign_in(audit.owner).get(url("show", confirmed))
    sign_in(stranger).get(url("show", confirmed))
    rows = AccessEvent.objects.filter(object_type="learning.recommendation")
    found = {(row.user_id, row.action) for row in rows if row.object_id == str(confirmed.pk)}
    assert found == {(audit.owner.pk, "viewed"), (stranger.pk, "refused")}


def test_the_pair_reads_until_twenty_working_days_after_the_cycle_has_closed(
    confirmed: Recommendation, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(audit.auditor)
    assert client.get(url("show", confirmed)).status_code == 200
    for days, seen in ((-19, 200), (-21, 404)):
        moment = timezone.now() + (in_working_days(days) - timezone.localdate())
        audit.cycle.__class__.objects.filter(pk=audit.cycle.pk).update(closed_at=moment)
        assert client.get(url("show", confirmed)).status_code == seen


def test_a_cycle_that_is_over_takes_no_drafts(audit: Audit, sign_in: Callable[..., Client]) -> None:
    over = a_cycle("2030-Q4", state="closed")
    address = reverse("plenaries:recommend", args=[over.ref])
    assert "is over" in sign_in(audit.lead).get(address, follow=True).text
