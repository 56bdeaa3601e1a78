"""One person for each role, and real objects for every address of the portal."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site, Task, Workflow

from audit_pages.importing.models import ImportBatch
from audit_pages.models import FindingPage, GuidancePage, PortalImage, SevenMinuteBriefingPage
from audit_pages.packs.models import Pack, Slide
from audit_pages.packs.presentation_models import Presentation
from audit_pages.packs.services import add_slide, start_pack
from audit_pages.publishing.models import Approval
from audit_pages.publishing.services import approve_and_publish
from learning.access.matrix import Relation
from learning.escalations.states import EscalationState
from learning.evidence.services import let_read
from learning.models import (
    AreaOfWork,
    CaseNumberShape,
    GlossaryTerm,
    LocalPlace,
    PageEvidence,
    PracticeStandard,
    Theme,
)
from learning.people.models import StaffMember, Team
from learning.people.roles import Role
from learning.programme.settings import AuditSettings
from learning.submissions.states import SubmissionState
from portal.permissions import Door, opener_of, relations_of, roles_of
from search.words.models import StemOverride
from tests.learning.audit import (
    a_countdown_task,
    a_cycle,
    a_letter,
    a_pair,
    a_person,
    a_plenary_note,
    a_recommendation,
    a_reflection,
    a_request_to_read,
    a_sampled_case,
    a_submission,
    an_escalation,
    parts_of_feedback,
    parts_of_form,
    parts_of_process_review,
    parts_of_report,
    parts_of_retention,
    parts_of_spot_check,
    parts_of_submission,
)
from tests.publishing import checked

SNIPPETS = {
    "theme": Theme,
    "areaofwork": AreaOfWork,
    "practicestandard": PracticeStandard,
    "glossaryterm": GlossaryTerm,
    "stemoverride": StemOverride,
    "localplace": LocalPlace,
    "casenumbershape": CaseNumberShape,
    "team": Team,
}
ANONYMOUS, STRANGER = "anonymous", "stranger"


@pytest.fixture
def members(db: None) -> dict[str, StaffMember]:
    """Somebody without a role, and one person of each role alone."""
    found = {STRANGER: _member(STRANGER)}
    for role in Role:
        found[role.value] = _member(role.value)
        found[role.value].groups.add(Group.objects.get(name=role.label))
    return found | {relation.name: _related(relation) for relation in Relation}


def _related(relation: Relation) -> StaffMember:
    """Somebody who is this to the case and the recommendation of the test, with the role that goes with it."""
    member = _member(f"as.{relation.name.lower()}")
    member.groups.add(Group.objects.get(name=ROLE_OF_RELATION[relation].label))
    return member


ROLE_OF_RELATION = {
    Relation.AUDITOR: Role.FRONT_LINE,
    Relation.AUDITEE: Role.FRONT_LINE,
    Relation.LINE_MANAGER: Role.LINE_MANAGER,
    Relation.OWNER: Role.FRONT_LINE,
}


@pytest.fixture
def clients(members: dict[str, StaffMember]) -> dict[str, Client]:
    """A client for nobody and one for each of the members."""
    return {ANONYMOUS: Client()} | {who: _client_of(member) for who, member in members.items()}


@pytest.fixture
def insider(clients: dict[str, Client]) -> Callable[[str], Client]:
    """`insider("search:results")`: somebody who gets in there; a superuser where no role does."""
    superuser = StaffMember.objects.create(email="all@harrowmere.example", is_superuser=True)

    def _insider(url_name: str) -> Client:
        opener = opener_of(url_name) or Door.CLOSED
        names = [role.value for role in (Role.LEAD_QA, *Role) if role in roles_of(opener)]
        names += [relation.name for relation in relations_of(opener)]
        return clients[names[0]] if names else _client_of(superuser)

    return _insider


def _member(name: str) -> StaffMember:
    return StaffMember.objects.create(
        email=f"only.{name}@harrowmere.example", first_name="Only", last_name=name
    )


def _client_of(member: StaffMember) -> Client:
    client = Client()
    client.force_login(member, backend="learning.people.accounts.StaffBackend")
    return client


@dataclass(frozen=True)
class Address:
    """One request: how, where, and with what."""

    method: str
    url: str
    data: dict[str, str]

    def ask(self, client: Client) -> Any:
        return getattr(client, self.method)(self.url, self.data)


POSTED: dict[str, dict[str, str]] = {
    "process_review:ask": {},
    "spot_checks:draw": {},
    "process_review:open": {},
    "proforma:move": {"to": "up"},
    "selection:promise_seed": {},
    "selection:map_columns": {},
    "selection:check_frame": {},
    "selection:take_back": {},
    "selection:put_back": {"route": "re_audit"},
    "selection:confirm_draw": {},
    "selection:tell_workers": {},
    "evidence:end_reader": {},
    "audit_pages:bookmark": {},
    "audit_pages:useful": {"useful": "yes"},
    "audit_pages:packs:add": {"page": ""},
    "audit_pages:packs:copy": {},
    "audit_pages:packs:end_sharing": {},
    "audit_pages:packs:add_slide": {"kind": "own"},
    "audit_pages:packs:move": {"to": "up"},
    "audit_pages:packs:remove": {},
    "audit_pages:packs:put_back": {},
    "imports:go_on": {},
    "programme:finish_task": {},
    "programme:add_member": {},
    "programme:make_pair": {},
    "programme:dissolve_pair": {},
    "programme:volunteer": {},
    "programme:withdraw": {},
    "programme:declare_links": {},
    "programme:acknowledge": {},
    "recommendations:take_on": {},
    "escalations:acknowledge": {},
    "letters:approve": {},
    "letters:send": {},
    "letters:begin_page": {},
    "reflections:share": {},
    "reflections:take_back": {},
    "reports:begin": {},
    "reports:take_figures": {},
    "feedback:add_theme": {},
    "feedback:remove_theme": {},
    "feedback:add_quote": {},
    "feedback:take_quote_back": {},
    "feedback:incorporate": {},
    "openings:end": {},
    "retention:draw_up": {},
    "retention:check": {},
    "submissions:open": {},
    "submissions:autosave": {},
    "submissions:present": {},
    "submissions:add_statement": {},
    "submissions:remove_statement": {},
    "submissions:agree": {},
    "submissions:remove_question": {},
    "submissions:add_gap": {},
    "submissions:remove_gap": {},
    "submissions:review": {},
    "submissions:share": {},
    "submissions:go_on": {},
    "submissions:complete": {},
    "submissions:lock": {},
    "submissions:addendum": {},
    "recommendations:close": {},
    "wagtailadmin_pages:workflow_action": {},
    "wagtailadmin_pages:lock": {},
    "wagtailadmin_pages:unlock": {},
    "wagtailadmin_workflows:enable": {},
    "wagtailadmin_workflows:enable_task": {},
    "wagtailadmin_workflows:remove": {},
    "wagtailadmin_api:pages:action": {},
    "wagtailadmin_editing_sessions:ping": {},
    "wagtailadmin_editing_sessions:release": {},
}
"""Addresses that change something, and so are asked by POST, with what is sent."""


@pytest.fixture
def address_of(
    db: None, members: dict[str, StaffMember], person: Any, page_at: Any
) -> Callable[[str, str], Address]:
    """`address_of("evidence:page", "editor")`: its address for them, about objects that exist."""
    values = _values(person, page_at) | _audit_values(members)
    packs = {who: _pack_values(_pack_of(member, members)) for who, member in members.items()}

    def _address_of(url_name: str, who: str) -> Address:
        own = packs[STRANGER if who == ANONYMOUS else who]
        if url_name in SHOWN_PACK:
            own = packs["lead_qa" if who != "lead_qa" else "editor"]
        if url_name == "audit_pages:packs:put_back":
            own = own | {"slide_id": own["removed_slide_id"]}
        chosen = {**values, **own, **_values_for(url_name, values)}
        data = {
            name: str(chosen.get(name, value)) for name, value in POSTED.get(url_name, {}).items()
        }
        url = _url_of(url_name, chosen) + chosen.get("query", "")
        return Address("post" if url_name in POSTED else "get", url, data)

    return _address_of


SHOWN_PACK = ("audit_pages:packs:pack", "audit_pages:packs:powerpoint", "audit_pages:packs:print")
"""Addresses that are asked for a colleague's pack which was shared; the others for one's own."""


def _pack_of(owner: StaffMember, members: dict[str, StaffMember]) -> Pack:
    """A pack of this person with a slide and one that was taken out, shared with everybody."""
    pack = start_pack(owner=owner, title="Review day")
    add_slide(pack=pack, kind=Slide.Kind.OWN, heading="Hello")
    add_slide(pack=pack, kind=Slide.Kind.OWN, heading="Taken out", removed_at=timezone.now())
    Presentation.objects.create(
        pack=pack,
        title=pack.title,
        presented_on=timezone.localdate(),
        team=Team.objects.first(),
        attended=9,
        change="We read the child's own words first.",
        recorded_by=owner,
    )
    pack.shared_with.set(member for member in members.values() if member != owner)
    return pack


def _pack_values(pack: Pack) -> dict[str, Any]:
    return {
        "pack_id": pack.pk,
        "slide_id": pack.slides.filter(removed_at__isnull=True).first().pk,
        "removed_slide_id": pack.slides.filter(removed_at__isnull=False).first().pk,
        "person_id": pack.shared_with.first().pk,
        "presentation_id": pack.presentations.get().pk,
    }


def _url_of(url_name: str, chosen: dict[str, Any]) -> str:
    if url_name in UNNAMED:
        return reverse(url_name, args=[chosen[name] for name in UNNAMED[url_name]])
    names = _argument_names(url_name)
    missing = [name for name in names if name not in chosen]
    assert not missing, f"{url_name} asks for {missing}: give it an object in conftest.py"
    return reverse(url_name, kwargs={name: chosen[name] for name in names})


UNNAMED = {
    "wagtail_serve": ["root_path"],
    "wagtaildocs_serve": ["document_id", "document_filename"],
    "wagtailadmin_pages:revisions_compare": ["page_id", "revision_id_a", "revision_id_b"],
}
"""Addresses whose arguments have no names, and what they are."""


def _argument_names(url_name: str) -> list[str]:
    """The names of an address's arguments, from the resolver."""
    *namespaces, name = url_name.split(":")
    resolver, found = get_resolver(), []
    for namespace in namespaces:
        prefix, resolver = resolver.namespace_dict[namespace]
        found += _names_in(prefix)
    possibilities = resolver.reverse_dict.getlist(name)[0][0]
    return [*found, *possibilities[0][1]]


def _names_in(prefix: str) -> list[str]:
    return re.findall(r"%\((\w+)\)s", prefix)


def _values(person: Any, page_at: Any) -> dict[str, Any]:
    """An object for each name that an address may ask for."""
    StemOverride.objects.get_or_create(word="fostered", defaults={"found_as": "foster"})
    finding = FindingPage.objects.live().order_by("pk").first()
    evidence = PageEvidence.objects.create(
        page=finding, earlier_reference="2026-Q1-CP-03", named_by=person(Role.LEAD_QA)
    )
    LocalPlace.objects.create(name="Nowhere Estate")
    CaseNumberShape.objects.create(sample="NW####")
    away = StaffMember.objects.create(
        email="away@harrowmere.example", first_name="A", last_name="Way"
    )
    image, document = used_files(page_at, person)
    draft = waiting_draft(finding.get_parent(), person)
    return {
        "root_path": "",
        "page_id": finding.pk,
        "briefing_id": SevenMinuteBriefingPage.objects.live().first().pk,
        "page_to_move_id": finding.pk,
        "page_to_copy_id": finding.pk,
        "destination_id": finding.get_parent().pk,
        "parent_page_id": finding.get_parent().pk,
        "parent_id": finding.get_parent().pk,
        "content_type_app_name": "audit_pages",
        "content_type_model_name": "findingpage",
        "revision_id": finding.latest_revision_id,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "evidence_id": evidence.pk,
        "instance_pk": finding.pk,
        "code": Theme.objects.order_by("pk").first().code,
        "image_id": image.pk,
        "document_id": document.pk,
        "document_filename": document.filename,
        "path": image.get_rendition("width-200").file.name,
        "member_id": away.pk,
        "group_id": Group.objects.first().pk,
        "site_id": Site.objects.get().pk,
        "settings_id": AuditSettings.load().pk,
        "page": finding.pk,
        "batch_id": ImportBatch.objects.create(
            source_name="Elsewhere", file_name="findings.csv", imported_by=person(Role.EDITOR)
        ).pk,
        "task_id": Task.objects.first().pk,
        "draft_id": draft.pk,
        "task_state_id": draft.current_workflow_task_state.pk,
        "action_name": "approve",
        "workflow_pk": Workflow.objects.first().pk,
        "task_pk": Task.objects.first().pk,
        "app_name": "learning",
        "app_label": "audit_pages",
        "model_name": "findingpage",
        "redirect_id": Redirect.add_redirect("/old/", finding).pk,
        "page_pk": finding.pk,
        "filter_spec": "width-200",
        "restriction_id": 1,
        "page_view_restriction_id": 1,
        "uidb64": "MQ",
        "token": "0",
        "uidb36": "1",
        "key": "0-0",
    }


def _audit_values(members: dict[str, StaffMember]) -> dict[str, Any]:
    """One audit in which the related members have their parts, by the names of addresses' arguments."""
    auditor, auditee = members[Relation.AUDITOR.name], members[Relation.AUDITEE.name]
    owner, manager = members[Relation.OWNER.name], members[Relation.LINE_MANAGER.name]
    StaffMember.objects.filter(pk__in=[auditee.pk, owner.pk]).update(line_manager=manager)
    auditee.refresh_from_db()
    cycle = a_cycle()
    pair = a_pair(cycle, auditor, a_person("Partner"))
    case = a_sampled_case(cycle, worker=auditee, pair=pair)
    submission = a_submission(case, SubmissionState.SHARED_WITH_WORKER)
    recommendation = a_recommendation(submission, owner=owner)
    a_plenary_note(cycle)
    a_reflection(cycle, auditor)
    partner = next(person for person in pair.people if person != auditor)
    shared = a_reflection(cycle, partner, manager=manager)
    grant = let_read(
        submission=submission,
        person=a_person("Presenter"),
        reason="Presents it",
        expires_at=timezone.now() + timedelta(hours=1),
        granted_by=members["lead_qa"],
    )
    return {
        "cycle_ref": cycle.ref,
        "case_ref": case.ref,
        **parts_of_form(members["lead_qa"]),
        **parts_of_report(cycle, recommendation, members),
        **parts_of_retention(submission, members),
        "opening_id": a_request_to_read(submission).pk,
        "frame_case_id": case.case_id,
        "submission_ref": case.ref,
        "grant_id": grant.pk,
        **parts_of_submission(submission),
        **parts_of_feedback(submission),
        **parts_of_spot_check(case, auditor),
        **parts_of_process_review(cycle, auditor, auditee),
        "recommendation_ref": recommendation.ref,
        "escalation_ref": an_escalation(
            submission,
            recipient=members["senior_manager"],
            state=EscalationState.CONVEYED,
            named_manager=manager,
        ).ref,
        "reflection_id": shared.pk,
        "letter_ref": a_letter(submission, writer=members["senior_manager"]).ref,
        "year": cycle.programme.year,
        "step": "postpone",
        "day_number": 1,
        "countdown_task_id": a_countdown_task(cycle).pk,
        "pair_id": pair.pk,
        "team_member_id": pair.members.first().pk,
    }


CHECKS = {"show": "settled_check_ref", "review": "done_check_ref"}
"""Addresses of spot checks that are asked for one that has come further than the others."""


def _values_for(url_name: str, values: dict[str, Any]) -> dict[str, Any]:
    """What an address of this room calls by a name that others use for something else."""
    room, _, name = url_name.rpartition(":")
    if name in ("workflow_action", "collect_workflow_action_data", "workflow_preview"):
        task = Task.objects.get(name="Second check").pk
        return {"page_id": values["draft_id"], "task_id": task}
    if name == "confirm_workflow_cancellation":
        return {"page_id": values["draft_id"]}
    if room.startswith(("wagtailsnippets_", "wagtailsnippetchoosers_")):
        pk = SNIPPETS[room.split("_")[-1]].objects.order_by("pk").first().pk
        return {"pk": pk, "query": f"?id={pk}" if name == "chosen_multiple" else ""}
    return {
        "spot_checks": {"check_ref": values[CHECKS.get(name, "check_ref")]},
        "wagtailusers_users": {"pk": values["member_id"]},
        "wagtailusers_groups": {"pk": values["group_id"]},
        "wagtaildocs_chooser": {"pk": values["document_id"]},
        "wagtailimages_chooser": {"pk": values["image_id"], "image_id": values["image_id"]},
        "wagtailadmin_api:pages": {"pk": values["page_id"], "action_name": "copy_for_translation"},
        "wagtailadmin_api:images": {"pk": values["image_id"]},
        "wagtailadmin_api:documents": {"pk": values["document_id"]},
        "wagtailadmin_collections": {"pk": 1, "collection_id": 1},
        "wagtailsites": {"pk": values["site_id"]},
        "wagtailsettings": {"model_name": "auditsettings", "pk": values["settings_id"]},
    }.get(room, {"pk": values["task_pk"] if "task" in name else values["workflow_pk"]})


def used_files(page_at: Any, person: Any) -> tuple[PortalImage, Document]:
    """A picture and a document that a live guidance page uses."""
    cache.clear()  # Wagtail keeps renditions there, also those of a database that was rolled back
    image = PortalImage.objects.create(title="A door", file=get_test_image_file())
    document = Document.objects.create(title="A form", file=ContentFile(b"a form", name="form.txt"))
    page = GuidancePage.objects.live().order_by("pk").first()
    link = f'<p><a linktype="document" id="{document.pk}">The form</a></p>'
    page.body = [
        ("section", {"heading": "Form", "text": link}),
        ("picture", {"heading": "Door", "image": image, "alternative_text": "A door"}),
    ]
    page.save_revision(user=person(Role.EDITOR))
    approve_and_publish(page=page, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW)
    return image, document


def waiting_draft(parent: Page, person: Any) -> FindingPage:
    """A finding that waits for the second check."""
    draft = FindingPage(
        title="Waiting for its check",
        slug="waiting-for-its-check",
        quarter="2026-Q3",
        statement_kind="strength",
        level="service",
        owner=person(Role.EDITOR),
    )
    parent.add_child(instance=draft)
    draft.save_revision(user=person(Role.EDITOR))
    checked(draft)
    draft.get_workflow().start(draft, person(Role.EDITOR))
    return FindingPage.objects.get(pk=draft.pk)
