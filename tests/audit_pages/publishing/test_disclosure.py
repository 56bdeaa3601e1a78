"""Nothing that could give somebody away becomes public: by no path, in no disguise, and not afterwards."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from audit_pages.models import (
    Approval,
    DisclosureCheck,
    FindingPage,
    GuidancePage,
    LetterPage,
    QuarterlyLearningPage,
    SevenMinuteBriefingPage,
)
from audit_pages.publishing.disclosure import (
    CheckNotPassed,
    NotChecked,
    check_disclosure,
    found_in,
    needs_disclosure_check,
    read_as_another,
)
from audit_pages.publishing.disclosure_models import QUESTIONS
from audit_pages.publishing.models import NotApproved, OwnWorkNotApproved
from audit_pages.publishing.services import approve_and_publish, approve_revision
from audit_pages.publishing.words import fingerprint_of, words_of_revision
from learning.models import CaseNumberShape, StaffMember
from learning.people.roles import Role
from learning.programme.settings import AuditSettings
from tests.publishing import checked

pytestmark = pytest.mark.django_db

NO = {f"answer_{key}": "no" for key in QUESTIONS}
NHS = "401 023 2137"


@pytest.fixture
def draft(page_at: Any, person: Any) -> FindingPage:
    """A finding that the editor has written and sent into its workflow."""
    page = FindingPage(
        title="Children know why we visit",
        slug="children-know-why",
        quarter="2026-Q3",
        statement_kind="strength",
        level="service",
        what_we_saw="<p>Two families said so.</p>",
        owner=person(Role.EDITOR),
    )
    page_at("/findings/").add_child(instance=page)
    page.save_revision(user=person(Role.EDITOR))
    page.get_workflow().start(page, person(Role.EDITOR))
    return page


@pytest.fixture
def write(draft: FindingPage, person: Any) -> Any:
    """`write(html)`: the editor writes this into the draft."""

    def _write(html: str, field: str = "what_we_saw") -> FindingPage:
        setattr(draft, field, html)
        draft.save_revision(user=person(Role.EDITOR))
        return draft

    return _write


def screen(page: Page) -> str:
    return reverse("check_disclosure", args=[page.pk])


def filled_in(client: Client, page: Page, **changes: Any) -> dict[str, Any]:
    """What the checker posts: the form as it is shown, no risk, and a reason for everything."""
    form = client.get(screen(page)).context["form"]
    reasons = {field.html_name: "A story, and no count." for field in form.reason_fields}
    return {"words_digest": form.initial["words_digest"], **NO, **reasons, **changes}


def approve(client: Client, page: Page) -> Any:
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return client.post(url)


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def test_the_checker_reads_gives_reasons_answers_and_then_it_is_published(
    draft: FindingPage, sign_in: Any, person: Any
) -> None:
    checker, lead = sign_in(Role.QA_OFFICER), sign_in(Role.LEAD_QA)
    assert '<mark class="disclosure-warn">Two families</mark>' in checker.get(screen(draft)).text

    assert checker.post(screen(draft), filled_in(checker, draft)).status_code == 302
    approve(checker, draft)
    approve(lead, draft)

    assert is_live(draft)
    check = DisclosureCheck.objects.get(page_id=draft.pk)
    assert check.checked_by == person(Role.QA_OFFICER)
    (kept,) = check.reasons
    assert (kept["kind"], kept["reason"]) == ("SMALL_COUNT", "A story, and no count.")
    assert "families" not in str(check.reasons), "it holds places, and none of the words"


def test_without_the_check_neither_step_is_taken(draft: FindingPage, sign_in: Any) -> None:
    approve(sign_in(Role.QA_OFFICER), draft)
    approve(sign_in(Role.LEAD_QA), draft)

    assert not is_live(draft)
    assert Page.objects.get(pk=draft.pk).current_workflow_task_state.task.name == "Second check"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"answer_recognised": "yes"}, "Somebody could be known by it"),
        ({"traits": ["age", "sex", "area", "date", "culture"]}, "It tells too much of one family"),
        ({"answer_linked": ""}, "This field is required"),
        ({"reason_1": ""}, "This field is required"),
        ({"reason_1": "   "}, "This field is required"),
        ({"words_digest": "0" * 64}, "changed while you read it"),
    ],
)
def test_what_is_in_the_way_is_said_and_nothing_is_kept(
    changes: dict[str, Any], words: str, draft: FindingPage, sign_in: Any
) -> None:
    checker = sign_in(Role.QA_OFFICER)

    answer = checker.post(screen(draft), filled_in(checker, draft, **changes))

    assert answer.status_code == 422
    assert words in answer.text
    assert not DisclosureCheck.objects.filter(page_id=draft.pk).exists()


BLOCKED = [
    NHS,
    "4010232137",
    "4 0 1 0 2 3 2 1 3 7",
    "４０１ ０２３ ２１３７",
    "401\u200b 02\u200d3 2137",
    "40<b>1</b> 0<i>2</i>3 213<b>7</b>",
    "401 023</p><p>2137",
    "401&nbsp;023&#8239;2137",
    "&#52;01 023 2137",
    "ѕw1а 1аа",
    'see <a href="mailto:jo@x.example">them</a>',
    'see <a href="https://x.example/401-023-2137">them</a>',
    "jo.bloggs@council.example",
    "born on 3 May 2012",
]


@pytest.mark.parametrize("words", BLOCKED)
def test_what_has_to_go_is_not_let_by_whatever_its_disguise(
    words: str, write: Any, sign_in: Any, person: Any
) -> None:
    page = write(f"<p>About {words} we heard.</p>")
    checker = sign_in(Role.QA_OFFICER)

    shown = checker.get(screen(page)).text

    assert "These words have to go" in shown
    assert "Keep this check" not in shown
    forged = {**filled_in(checker, page), "reason_1": "x", "reason_2": "x"}
    assert checker.post(screen(page), forged).status_code == 422
    with pytest.raises(CheckNotPassed):
        checked(page)
    approve(checker, page)
    with pytest.raises(NotApproved):
        approve_and_publish(
            page=page, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW
        )
    assert not is_live(page)


def test_a_null_character_hides_nothing(draft: FindingPage, person: Any) -> None:
    revision = draft.get_latest_revision()
    words = words_of_revision(revision)

    (hidden,) = found_in({**words, "What we saw": "40\x001 02\x003 2137"})

    assert hidden.span.is_blocking


@pytest.mark.parametrize(
    "field", ["title", "summary", "seo_title", "search_description", "slug", "limits", "contact"]
)
def test_every_field_that_readers_or_searchers_get_is_looked_at(field: str, write: Any) -> None:
    page = write("401-023-2137", field)

    with pytest.raises(CheckNotPassed):
        checked(page)


@pytest.mark.parametrize("contact", ["learning@council.example", "Ring 020 7946 0123"])
def test_a_contact_may_be_a_shared_mailbox_or_an_office(
    contact: str, write: Any, sign_in: Any
) -> None:
    page = write(contact, "contact")

    shown = sign_in(Role.QA_OFFICER).get(screen(page)).text

    assert contact in shown, "the checker reads it all the same"
    assert "These words have to go" not in shown
    assert checked(page) is not None
    assert "These words have to go" in sign_in(Role.QA_OFFICER).get(screen(write(contact))).text


def test_a_name_in_the_contact_needs_a_reason_and_another_contact_another_check(
    write: Any, person: Any, sign_in: Any
) -> None:
    page = write(f"Ask {person(Role.EDITOR).get_full_name()}", "contact")
    form = sign_in(Role.QA_OFFICER).get(screen(page)).context["form"]
    assert any("Name of a colleague" in field.label for field in form.reason_fields)

    checked(page)
    page = write("learning@council.example", "contact")
    with pytest.raises(NotChecked):
        approve_and_publish(
            page=page, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW
        )


def test_a_short_name_of_a_colleague_needs_a_reason(write: Any, person: Any, sign_in: Any) -> None:
    colleague = person(Role.FRONT_LINE)
    StaffMember.objects.filter(pk=colleague.pk).update(also_called="Bo")
    page = write(f"<p>Bo {colleague.last_name} rang.</p>")
    form = sign_in(Role.QA_OFFICER).get(screen(page)).context["form"]
    assert [field.label for field in form.reason_fields if "Name of a colleague" in field.label]


@pytest.mark.parametrize("model", [LetterPage, QuarterlyLearningPage, SevenMinuteBriefingPage])
def test_letters_briefings_and_quarterly_learning_need_it_too(model: Any, person: Any) -> None:
    page = model.objects.live().first()
    page.summary = "Other words"
    page.save_revision(user=person(Role.EDITOR))

    with pytest.raises(NotChecked):
        approve_and_publish(
            page=page, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW
        )


@pytest.mark.parametrize("route", list(Approval.Route))
def test_no_route_goes_round_the_check(route: str, draft: FindingPage, person: Any) -> None:
    with pytest.raises(NotChecked):
        approve_and_publish(page=draft, approved_by=person(Role.LEAD_QA), route=route)
    assert not is_live(draft)


def test_a_section_of_learning_is_not_published_with_what_has_to_go(
    page_at: Any, person: Any
) -> None:
    section = page_at("/findings/").specific
    section.summary = f"Of {NHS}"
    section.save_revision(user=person(Role.EDITOR))

    with pytest.raises(NotChecked):
        approve_and_publish(
            page=section, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW
        )


def test_guidance_and_findings_of_others_need_none(person: Any) -> None:
    page = GuidancePage.objects.live().first()

    assert not needs_disclosure_check(page)
    page.save_revision(user=person(Role.EDITOR))
    approve_and_publish(page=page, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW)


def test_a_change_after_the_check_needs_another(
    draft: FindingPage, write: Any, person: Any
) -> None:
    checked(draft)
    page = write("<p>Other words.</p>")

    with pytest.raises(NotChecked):
        approve_and_publish(
            page=page, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW
        )


def test_words_exchanged_in_the_checked_revision_itself_need_another(
    draft: FindingPage, person: Any
) -> None:
    checked(draft)
    revision = draft.get_latest_revision()
    revision.content["what_we_saw"] = f"<p>{NHS}</p>"
    revision.save()

    approve_revision(
        revision=revision, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW
    )
    with pytest.raises(NotChecked):
        revision.publish(skip_permission_checks=True)
    assert not is_live(draft)


def test_a_scheduled_page_is_looked_at_again_when_its_time_has_come(
    write: Any, person: Any
) -> None:
    page = write("<p>Filed as HX20417.</p>")
    page.go_live_at = timezone.now() + timezone.timedelta(seconds=1)
    page.save_revision(user=person(Role.EDITOR))
    checked(page)
    approve_and_publish(page=page, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW)
    revision = page.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timezone.timedelta(minutes=1)
    revision.save(update_fields=["approved_go_live_at"])
    CaseNumberShape.objects.create(sample="HX#####")

    with pytest.raises(NotChecked):
        call_command("publish_scheduled")
    assert not is_live(page)


def test_a_writer_does_not_check_and_the_checker_does_not_publish(
    draft: FindingPage, person: Any, sign_in: Any
) -> None:
    draft.save_revision(user=person(Role.QA_OFFICER))
    assert "You wrote on this page" in sign_in(Role.QA_OFFICER).get(screen(draft)).text
    with pytest.raises(OwnWorkNotApproved):
        checked(draft)
    draft.save_revision(user=person(Role.EDITOR))


def test_whoever_made_the_check_does_not_publish_it(draft: FindingPage, person: Any) -> None:
    checked(draft)

    with pytest.raises(NotChecked, match="somebody else needs to publish"):
        approve_and_publish(
            page=draft, approved_by=person(Role.QA_OFFICER), route=Approval.Route.WORKFLOW
        )


def test_three_traits_ask_for_one_more_reader_who_is_neither_writer_nor_checker(
    draft: FindingPage, person: Any, sign_in: Any
) -> None:
    check = checked(draft, traits=("age", "sex", "placement"))
    assert check is not None
    lead = person(Role.LEAD_QA)
    publish = {"page": draft, "approved_by": lead, "route": Approval.Route.WORKFLOW}
    with pytest.raises(NotChecked, match="one more person"):
        approve_and_publish(**publish)
    for forger in (person(Role.QA_OFFICER), person(Role.EDITOR), person(Role.FRONT_LINE)):
        with pytest.raises((OwnWorkNotApproved, PermissionDenied)):
            read_as_another(check=check, read_by=forger)

    sign_in(Role.LEAD_QA).post(screen(draft), {"read": "yes"})

    check.refresh_from_db()
    assert check.also_read_by == lead
    approve_and_publish(**publish)
    assert is_live(draft)


def test_the_service_sets_how_much_of_one_family_is_too_much(
    draft: FindingPage, person: Any, sign_in: Any
) -> None:
    numbers = AuditSettings.load()
    numbers.traits_for_another_reader, numbers.traits_for_rewriting = 2, 3
    numbers.save()
    help_text = "From 2 on, one more person reads it. From 3 on it goes back to be rewritten."
    assert help_text in sign_in(Role.QA_OFFICER).get(screen(draft)).text

    with pytest.raises(CheckNotPassed, match="too much of one family"):
        checked(draft, traits=("age", "sex", "placement"))
    checked(draft, traits=("age", "sex"))

    with pytest.raises(NotChecked, match="one more person"):
        approve_and_publish(
            page=draft, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW
        )


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.QA_OFFICER])
def test_only_a_qa_officer_makes_the_check(
    role: Role, draft: FindingPage, person: Any, sign_in: Any
) -> None:
    words = words_of_revision(draft.get_latest_revision())
    form = {"words_digest": fingerprint_of(words), **NO, "reason_1": "x"}

    sign_in(role).post(screen(draft), form)

    assert not DisclosureCheck.objects.filter(page_id=draft.pk).exists()
    with pytest.raises(PermissionDenied):
        checked(draft, by=person(role))
    assert not DisclosureCheck.objects.filter(page_id=draft.pk).exists()


def test_a_superuser_is_no_checker(draft: FindingPage, sign_in: Any) -> None:
    root = StaffMember.objects.create_superuser(
        "root@harrowmere.example", "x", first_name="Root", last_name="Root"
    )

    assert sign_in(root).get(screen(draft)).status_code in (302, 403)
    with pytest.raises(PermissionDenied):
        checked(draft, by=root)


def test_an_answer_that_is_missing_counts_as_a_risk(draft: FindingPage, person: Any) -> None:
    revision = draft.get_latest_revision()
    reasons = {thing.key: "x" for thing in found_in(words_of_revision(revision))}

    with pytest.raises(CheckNotPassed):
        check_disclosure(
            revision=revision,
            reasons=reasons,
            answers={},
            traits=(),
            checked_by=person(Role.QA_OFFICER),
        )


def test_everything_of_the_borough_was_checked_and_has_nothing_that_has_to_go() -> None:
    for model in (FindingPage, LetterPage, QuarterlyLearningPage, SevenMinuteBriefingPage):
        for page in model.objects.live():
            check = DisclosureCheck.objects.get(revision_id=page.live_revision_id)
            assert check.checked_by_id != page.owner_id
            words = words_of_revision(page.get_latest_revision())
            assert not [thing for thing in found_in(words) if thing.span.is_blocking]
