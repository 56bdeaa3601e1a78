"""A lead builds the next version of a form: what can be changed, what is refused, and who gets it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from learning.events.models import Event
from learning.people.roles import Role
from learning.proforma import keys
from learning.proforma.building import fingerprint, move_section, remove_section
from learning.proforma.models import CycleForm, ProFormaKind, ProFormaSection, ProFormaVersion
from learning.proforma.rules import SectionNotPossible
from learning.proforma.selectors import form_of_cycle, newest_offered
from learning.proforma.services import (
    VersionNotToBeTaken,
    VersionStays,
    choose_for_cycle,
    freeze,
    new_version,
    offer,
    take_back_offer,
    throw_away,
)
from learning.programme.states import CycleState
from learning.submissions.opening import start_submission
from tests.learning.audit import a_cycle, a_pair, a_person, a_sampled_case

pytestmark = pytest.mark.django_db

AUDIT = ProFormaKind.PRACTICE_AUDIT
NEW = {
    "title": "Fathers",
    "questions": "Who is he to this child?\nWho asked him?",
    "difference": "What difference did it make to the child that he was asked?",
    "can_be_skipped": "on",
    "after": "family",
}


@pytest.fixture
def lead(sign_in: Callable[..., Client]) -> Client:
    return sign_in(Role.LEAD_QA)


@pytest.fixture
def draft(person: Any) -> ProFormaVersion:
    """Version 2 of the practice audit form, which nobody uses yet."""
    return new_version(version=newest_offered(AUDIT), note="Fathers", made_by=person(Role.LEAD_QA))


def at(name: str, version: ProFormaVersion, *key: str) -> str:
    return reverse(f"proforma:{name}", args=[version.ref, *key])


def titles(version: ProFormaVersion) -> list[str]:
    return [section.title for section in version.sections.all()]


def as_typed(section: ProFormaSection, **other: Any) -> dict[str, Any]:
    """What the form of this section sends when nothing was changed, but for `other`."""
    typed = {
        "title": section.title,
        "questions": "\n".join(section.questions),
        "difference": section.difference,
        "areas": [area.pk for area in section.areas.all()],
        "after": section.version.sections.filter(order__lt=section.order).last().key
        if section.order > 1
        else "",
        "seen": fingerprint(section),
    }
    return typed | ({"can_be_skipped": "on"} if section.can_be_skipped else {}) | other


# --- From a version in use to the next --------------------------------------------------------------


def test_the_next_version_is_made_changed_offered_and_used(lead: Client, person: Any) -> None:
    old = freeze(version=newest_offered(AUDIT))
    assert "It stays as it is" in lead.get(old.get_absolute_url()).text
    made = lead.post(at("new_version", old), {"note": "Asks about fathers"}, follow=True)
    assert "Nobody uses it yet" in made.text
    new = ProFormaVersion.objects.get(kind=AUDIT, number=old.number + 1)

    lead.post(at("add", new), NEW)
    lead.post(at("remove", new, "partners"))
    changed = lead.post(
        at("change", new, "voice"), as_typed(new.sections.get(key="voice"), title="Heard")
    )
    assert changed.url.endswith("#voice")
    assert titles(new)[:2] == ["A day in this child’s life", "Heard"]
    assert titles(new).index("Fathers") == titles(new).index("Parents, carers and network") + 1
    assert "Working together" not in titles(new)
    assert newest_offered(AUDIT) == old

    assert "stays as it is for good" in lead.get(at("offer", new)).text
    lead.post(at("offer", new))
    assert newest_offered(AUDIT) == new


def test_audits_of_before_go_on_showing_what_they_were_written_with(person: Any) -> None:
    old = newest_offered(AUDIT)
    first = start_submission(case=_case_of(a_cycle("2031-Q1")), started_by=person(Role.QA_OFFICER))
    new = new_version(version=old, note="", made_by=person(Role.LEAD_QA))
    new.sections.filter(key="voice").update(title="Heard")
    offer(version=new, offered_by=person(Role.LEAD_QA))
    later = start_submission(case=_case_of(a_cycle("2031-Q2")), started_by=person(Role.QA_OFFICER))
    again = start_submission(case=_case_of(first.case.cycle), started_by=person(Role.QA_OFFICER))
    shown = [row.form.sections.get(key="voice").title for row in (first, later, again)]
    assert shown == ["Being heard", "Heard", "Being heard"]
    assert ProFormaVersion.objects.get(pk=new.pk).is_fixed


def _case_of(cycle: Any) -> Any:
    number = cycle.sample.count()
    pair = a_pair(cycle, *(a_person(f"{who}{cycle.ref}{number}") for who in ("Ann", "Bo")))
    return a_sampled_case(cycle, pair=pair)


# --- What a form in use refuses ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "key"),
    [
        ("add", None),
        ("change", "voice"),
        ("move", "voice"),
        ("remove", "voice"),
        ("bring_back", None),
        ("take_back", None),
        ("throw_away", None),
    ],
)
def test_a_forged_post_changes_nothing_of_a_version_in_use(
    lead: Client, draft: ProFormaVersion, step: str, key: str | None
) -> None:
    draft.sections.filter(key="partners").delete()
    bringable = newest_offered(AUDIT).sections.get(key="partners")
    fixed = freeze(version=draft)
    before = _everything(fixed)
    typed = NEW | {"to": "up", "section": bringable.pk, "seen": _seen(fixed, key)}
    answer = lead.post(at(step, fixed, *[key] if key else []), typed, follow=True)
    assert "in use" in answer.text
    assert "new version" in answer.text
    assert _everything(fixed) == before


def _seen(version: ProFormaVersion, key: str | None) -> str:
    return fingerprint(version.sections.get(key=key)) if key else ""


def _everything(version: ProFormaVersion) -> list[Any]:
    fresh = ProFormaVersion.objects.get(pk=version.pk)
    rows = fresh.sections.values_list("key", "order", "title", "prompts", "can_be_skipped")
    return [fresh.offered_at, fresh.frozen_at, list(rows)]


# --- What each form keeps ---------------------------------------------------------------------------


@pytest.mark.parametrize("key", sorted(keys.KEPT))
def test_a_section_that_something_hangs_on_stays(
    lead: Client, draft: ProFormaVersion, key: str
) -> None:
    answer = lead.post(at("remove", draft, key), follow=True)
    assert "stays in the form" in answer.text
    assert draft.sections.filter(key=key).exists()
    assert at("remove", draft, key) not in lead.get(draft.get_absolute_url()).text


@pytest.mark.parametrize("kind", sorted(set(ProFormaKind)))
def test_what_each_kind_needs_is_asked_again_before_it_is_offered(
    lead: Client, person: Any, kind: ProFormaKind
) -> None:
    version = new_version(version=newest_offered(kind), note="", made_by=person(Role.LEAD_QA))
    version.sections.filter(key=keys.URGENT).delete()
    answer = lead.post(at("offer", version), follow=True)
    assert "cannot wait" in answer.text
    assert newest_offered(kind) != version


def test_the_childs_day_stays_the_first(lead: Client, draft: ProFormaVersion) -> None:
    second = draft.sections.all()[1]
    answer = lead.post(at("move", draft, second.key), {"to": "up"}, follow=True)
    assert "always the first" in answer.text
    lead.post(at("move", draft, keys.LIVED_EXPERIENCE), {"to": "down"})
    lead.post(
        at("change", draft, keys.LIVED_EXPERIENCE),
        as_typed(draft.sections.first(), after="urgent"),
    )
    assert draft.sections.first().key == keys.LIVED_EXPERIENCE


def test_sections_move_by_buttons_and_by_choosing_a_place(
    lead: Client, draft: ProFormaVersion
) -> None:
    before = list(draft.sections.values_list("key", flat=True))
    lead.post(at("move", draft, "identity"), {"to": "up"})
    lead.post(at("move", draft, "identity"), {"to": "down"})
    assert list(draft.sections.values_list("key", flat=True)) == before
    plan = draft.sections.get(key="plan")
    lead.post(at("change", draft, "plan"), as_typed(plan, after=keys.LIVED_EXPERIENCE))
    after = list(draft.sections.values_list("key", flat=True))
    assert after[:2] == [keys.LIVED_EXPERIENCE, "plan"]
    assert sorted(after) == sorted(before)
    assert list(draft.sections.values_list("order", flat=True)) == list(range(1, len(after) + 1))


REFUSED = [
    ({"difference": "Anything else?"}, "What difference did this make"),
    ({"questions": ""}, "Write something here"),
    ({"questions": "How would you rate the plan on a scale?"}, "asks for a grade"),
    ({"questions": "Is the practice outstanding, or does it require improvement?"}, "grade"),
    ({"questions": "How good is the assessment?"}, "grade"),
    ({"title": "Score from 1 to 5"}, "grade"),
    ({"difference": "What difference, out of 10?"}, "grade"),
    ({"questions": "\n".join(["Why?"] * 13)}, "at most 12"),
    ({"title": "being heard"}, "has this title already"),
    ({"title": ""}, "Write something here"),
    ({"after": "nowhere"}, "Choose one that is in the list"),
]


@pytest.mark.parametrize(("typed", "sentence"), REFUSED)
def test_what_no_form_of_ours_asks_is_refused_with_a_sentence(
    lead: Client, draft: ProFormaVersion, typed: dict[str, str], sentence: str
) -> None:
    before = _everything(draft)
    answer = lead.post(at("add", draft), NEW | typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert _everything(draft) == before


def test_the_forms_that_a_portal_starts_with_keep_their_own_rules() -> None:
    from learning.proforma.asking import compliance_asked_for, grades_asked_for

    asked = [
        line
        for section in ProFormaSection.objects.all()
        for line in [section.title, *section.prompts]
    ]
    assert grades_asked_for(asked) == []
    assert compliance_asked_for(asked) == []


@pytest.mark.parametrize(
    "question",
    [
        "How many visits were there?",
        "What is the number of plans?",
        "Which % of reviews took place?",
        "Was the timescale met?",
        "Was the assessment done within 45 working days?",
        "Is the chronology up to date?",
    ],
)
def test_a_question_about_compliance_is_explained_and_stays_only_with_a_reason(
    lead: Client, draft: ProFormaVersion, question: str
) -> None:
    typed = NEW | {"questions": question}
    answer = lead.post(at("add", draft), typed)
    assert answer.status_code == 422
    assert "compliance figures answer" in answer.text
    assert "Why it is asked all the same" in answer.text
    lead.post(at("add", draft), typed | {"reason": "The review asked us to."})
    assert draft.sections.get(title="Fathers").questions == [question]
    event = Event.objects.filter(action="proforma.section_added").first()
    assert event is not None
    assert event.reason == "fathers: The review asked us to."


def test_a_section_of_ones_own_gets_no_key_that_something_hangs_on(
    lead: Client, person: Any
) -> None:
    spot = newest_offered(ProFormaKind.SPOT_CHECK)
    draft = new_version(version=spot, note="", made_by=person(Role.LEAD_QA))
    lead.post(at("add", draft), NEW | {"title": "Actions", "after": "plan"})
    assert draft.sections.get(title="Actions").key == "actions_2"


def test_no_form_has_another_kind_of_field_than_words(lead: Client, draft: ProFormaVersion) -> None:
    page = lead.get(at("add", draft)).text
    assert 'type="number"' not in page
    lead.post(at("add", draft), NEW | {"type": "number", "score": "5", "key": "urgent_x"})
    section = draft.sections.get(title="Fathers")
    assert section.key == "fathers"
    shown = lead.get(at("preview", draft) + "?section=fathers").text
    assert shown.count("<textarea") == 5
    assert 'type="number"' not in shown


def test_a_section_that_was_taken_out_comes_back_with_its_key(
    lead: Client, draft: ProFormaVersion
) -> None:
    lead.post(at("remove", draft, keys.RECOGNITION))
    taken = newest_offered(AUDIT).sections.get(key=keys.RECOGNITION)
    assert taken.title in lead.get(at("bring_back", draft)).text
    lead.post(at("bring_back", draft), {"section": taken.pk})
    assert draft.sections.last().key == keys.RECOGNITION
    foreign = newest_offered(ProFormaKind.SPOT_CHECK).sections.first()
    assert lead.post(at("bring_back", draft), {"section": foreign.pk}).status_code == 422


# --- Two at once --------------------------------------------------------------------------------------


def test_of_two_leads_who_change_a_section_the_second_sees_both_texts(
    lead: Client, draft: ProFormaVersion
) -> None:
    section = draft.sections.get(key="voice")
    first, second = as_typed(section, title="Heard"), as_typed(section, title="Listened to")
    lead.post(at("change", draft, "voice"), first)
    answer = lead.post(at("change", draft, "voice"), second)
    assert answer.status_code == 422
    assert "Somebody else changed this section" in answer.text
    assert "<strong>Heard</strong>" in answer.text
    assert 'value="Listened to"' in answer.text
    assert draft.sections.get(key="voice").title == "Heard"

    section.refresh_from_db()
    lead.post(at("change", draft, "voice"), second | {"seen": fingerprint(section)})
    assert draft.sections.get(key="voice").title == "Listened to"


def test_a_section_that_is_gone_meanwhile_is_not_moved(person: Any, draft: ProFormaVersion) -> None:
    lead = person(Role.LEAD_QA)
    section = draft.sections.get(key="partners")
    remove_section(section=draft.sections.get(key="partners"), removed_by=lead)
    with pytest.raises(SectionNotPossible, match="a moment ago"):
        move_section(section=section, up=True, moved_by=lead)


# --- Which cycle takes which --------------------------------------------------------------------------


def test_a_coming_cycle_takes_the_version_that_was_chosen_for_it(
    lead: Client, person: Any, draft: ProFormaVersion
) -> None:
    old = newest_offered(AUDIT)
    cycle = a_cycle(state=CycleState.TEAM_AGREED)
    assert reverse("proforma:choose", args=[cycle.ref]) in lead.get(cycle.get_absolute_url()).text
    choose = reverse("proforma:choose", args=[cycle.ref])
    offer(version=draft, offered_by=person(Role.LEAD_QA))
    assert form_of_cycle(cycle, AUDIT) == draft
    lead.post(choose, {AUDIT.value: old.pk})
    assert form_of_cycle(cycle, AUDIT) == old
    lead.post(choose, {AUDIT.value: ""})
    assert form_of_cycle(cycle, AUDIT) == draft

    lead.post(choose, {AUDIT.value: old.pk})
    submission = start_submission(case=_case_of(cycle), started_by=person(Role.QA_OFFICER))
    assert submission.form == old
    lead.post(choose, {AUDIT.value: draft.pk})
    assert form_of_cycle(cycle, AUDIT) == old
    with pytest.raises(VersionNotToBeTaken, match="already"):
        choose_for_cycle(cycle=cycle, kind=AUDIT, version=draft, chosen_by=person(Role.LEAD_QA))
    assert "Taken already" in lead.get(choose).text


def test_a_draft_or_another_kind_is_not_chosen(
    lead: Client, person: Any, draft: ProFormaVersion
) -> None:
    cycle = a_cycle(state=CycleState.TEAM_AGREED)
    spot = newest_offered(ProFormaKind.SPOT_CHECK)
    for version in (draft, spot):
        answer = lead.post(reverse("proforma:choose", args=[cycle.ref]), {AUDIT.value: version.pk})
        assert answer.status_code == 422
        with pytest.raises(VersionNotToBeTaken):
            choose_for_cycle(
                cycle=cycle, kind=AUDIT, version=version, chosen_by=person(Role.LEAD_QA)
            )
    assert not CycleForm.objects.exists()


def test_a_version_that_a_cycle_takes_is_neither_taken_back_nor_thrown_away(
    lead: Client, person: Any, draft: ProFormaVersion
) -> None:
    who = person(Role.LEAD_QA)
    offer(version=draft, offered_by=who)
    answer = lead.post(at("throw_away", draft), follow=True)
    assert "ready for new cycles" in answer.text
    choose_for_cycle(
        cycle=a_cycle(state=CycleState.PLANNED), kind=AUDIT, version=draft, chosen_by=who
    )
    for step in (take_back_offer, throw_away):
        by = "taken_back_by" if step is take_back_offer else "thrown_away_by"
        with pytest.raises(VersionStays, match="2031-Q1"):
            step(version=draft, **{by: who})


def test_an_offer_is_taken_back_unless_it_is_the_only_one(
    lead: Client, person: Any, draft: ProFormaVersion
) -> None:
    offer(version=draft, offered_by=person(Role.LEAD_QA))
    lead.post(at("take_back", draft))
    assert newest_offered(AUDIT) != draft
    only = newest_offered(AUDIT)
    if not only.is_fixed:
        answer = lead.post(at("take_back", only), follow=True)
        assert "none to take" in answer.text
    lead.post(at("throw_away", draft))
    assert not ProFormaVersion.objects.filter(pk=draft.pk).exists()
    assert Event.objects.filter(action="proforma.thrown_away", reason=draft.ref).exists()


# --- Looking ------------------------------------------------------------------------------------------


def test_what_changed_is_said_section_by_section(lead: Client, draft: ProFormaVersion) -> None:
    assert "Nothing is different" in lead.get(at("compare", draft)).text
    lead.post(at("add", draft), NEW)
    lead.post(at("remove", draft, "partners"))
    voice = draft.sections.get(key="voice")
    lead.post(
        at("change", draft, "voice"),
        as_typed(voice, title="Heard", questions="Who listened?\nWhat came of it?"),
    )
    page = lead.get(at("compare", draft)).text
    for words in ("Fathers", "Working together", "It was called “Being heard”.", "Who listened?"):
        assert words in page
    assert "It stands in another place" not in page
    assert page.count("<ins>") == 2
    assert page.count("<del>") == len(voice.questions)
    lead.post(at("move", draft, "voice"), {"to": "down"})
    assert "It stands in another place" in lead.get(at("compare", draft)).text


def test_a_preview_shows_the_sections_of_the_chosen_area(
    lead: Client, draft: ProFormaVersion
) -> None:
    page = lead.get(at("preview", draft) + "?area=looked_after").text
    assert "Home, stability and future" in page
    assert "The first response" not in page
    talk = lead.get(at("preview", draft) + "?section=conversation").text
    assert "a page of its own" in talk
    assert "<textarea" not in talk


@pytest.mark.parametrize(
    "ref", ["practice_audit-99", "practice_audit-x", "nothing-1", "practice_audit-99999999999999"]
)
def test_a_version_that_is_not_there_is_not_found(lead: Client, ref: str) -> None:
    assert lead.get(f"/audits/forms/{ref}/").status_code == 404


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LEAD_QA}))
def test_nobody_but_a_lead_builds_forms(person: Any, role: Role, draft: ProFormaVersion) -> None:
    somebody = person(role)
    cycle = a_cycle(state=CycleState.PLANNED)
    for step in (
        lambda: new_version(version=draft, note="", made_by=somebody),
        lambda: offer(version=draft, offered_by=somebody),
        lambda: throw_away(version=draft, thrown_away_by=somebody),
        lambda: remove_section(section=draft.sections.last(), removed_by=somebody),
        lambda: choose_for_cycle(cycle=cycle, kind=AUDIT, version=draft, chosen_by=somebody),
    ):
        with pytest.raises(PermissionDenied):
            step()


def test_the_pages_take_few_queries_with_many_versions_and_cycles(
    lead: Client, person: Any, draft: ProFormaVersion, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        new_version(version=draft, note="More", made_by=person(Role.LEAD_QA))
    for quarter in ("2031-Q1", "2031-Q2", "2031-Q3", "2031-Q4"):
        a_cycle(quarter, state=CycleState.PLANNED)
    pages = ("show", "preview", "compare", "change")
    for url in [
        reverse("proforma:list"),
        *(at(page, draft, *["voice"] if page == "change" else []) for page in pages),
    ]:
        with django_assert_max_num_queries(20):
            assert lead.get(url).status_code == 200


def test_leads_find_the_forms_from_the_audits_and_the_desk(
    lead: Client, sign_in: Callable[..., Client]
) -> None:
    url = reverse("proforma:list")
    assert url in lead.get(reverse("programme:list")).text
    assert url in lead.get("/admin/").text
    officer = sign_in(Role.QA_OFFICER)
    assert url not in officer.get(reverse("programme:list")).text
    assert url not in officer.get("/admin/").text
