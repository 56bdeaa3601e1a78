"""The forms that a new portal starts with, new versions beside old ones, and what is frozen."""

import pytest
from django.db import DatabaseError, transaction

from learning.people.roles import Role
from learning.proforma import keys
from learning.proforma.models import ProFormaKind, ProFormaSection, ProFormaVersion
from learning.proforma.selectors import NoFormOffered, newest_offered, sections_for
from learning.proforma.services import FormNotComplete, freeze, new_version, offer
from learning.vocabulary.models import AreaOfWork

pytestmark = pytest.mark.django_db

SPOT_CHECK = ["lived_experience", "voice", "plan", "progress", "oversight", "overall", "urgent"]


def keys_for(kind: ProFormaKind, area: str) -> list[str]:
    sections = sections_for(newest_offered(kind), AreaOfWork.objects.get(code=area))
    return [section.key for section in sections]


def test_a_new_portal_has_the_three_forms() -> None:
    assert newest_offered(ProFormaKind.PRACTICE_AUDIT).sections.count() == 24
    assert keys_for(ProFormaKind.SPOT_CHECK, "child_in_need") == SPOT_CHECK
    assert len(keys_for(ProFormaKind.INITIAL_CONTACT, "initial_contact")) == 14


def test_the_childs_day_comes_first_and_cannot_be_skipped() -> None:
    for version in ProFormaVersion.objects.all():
        first = version.sections.first()
        assert first.key == keys.LIVED_EXPERIENCE
        assert not first.can_be_skipped


def test_every_section_asks_what_difference_it_made() -> None:
    asked = {section: section.prompts[-1] for section in ProFormaSection.objects.all()}
    without = [
        section.key
        for section, prompt in asked.items()
        if "differen" not in prompt and section.key != keys.OVERALL
    ]
    assert without == []


@pytest.mark.parametrize(
    ("area", "shown", "hidden"),
    [
        ("family_support_early_help", "contact_decision", "home_permanence"),
        ("looked_after", "home_permanence", "contact_decision"),
    ],
)
def test_sections_are_shown_by_area_of_work(area: str, shown: str, hidden: str) -> None:
    found = keys_for(ProFormaKind.PRACTICE_AUDIT, area)
    assert shown in found
    assert hidden not in found


def test_a_new_version_copies_everything_and_waits_to_be_offered(person) -> None:
    old = newest_offered(ProFormaKind.PRACTICE_AUDIT)
    new = new_version(version=old, note="Shorter", made_by=person(Role.LEAD_QA))
    assert new.number == old.number + 1
    assert _words(new) == _words(old)
    assert newest_offered(ProFormaKind.PRACTICE_AUDIT) == old
    offer(version=new, offered_by=person(Role.LEAD_QA))
    assert newest_offered(ProFormaKind.PRACTICE_AUDIT) == new


def test_a_form_in_use_never_changes_and_its_copy_does(person) -> None:
    version = freeze(version=newest_offered(ProFormaKind.SPOT_CHECK))
    section = version.sections.first()
    for change in (
        lambda: ProFormaSection.objects.filter(pk=section.pk).update(title="Another"),
        lambda: section.delete(),
        lambda: version.sections.create(key="more", order=99, title="More"),
        lambda: section.areas.add(AreaOfWork.objects.first()),
        lambda: ProFormaVersion.objects.filter(pk=version.pk).update(frozen_at=None),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    copy = new_version(version=version, note="", made_by=person(Role.LEAD_QA))
    copy.sections.update(title="Another")
    assert freeze(version=version).frozen_at == version.frozen_at


def test_an_empty_form_is_not_offered(person) -> None:
    empty = ProFormaVersion.objects.create(kind=ProFormaKind.SPOT_CHECK, number=9)
    with pytest.raises(FormNotComplete):
        offer(version=empty, offered_by=person(Role.LEAD_QA))


def test_without_an_offered_form_it_says_so() -> None:
    ProFormaVersion.objects.filter(kind=ProFormaKind.SPOT_CHECK).delete()
    with pytest.raises(NoFormOffered, match="Spot check"):
        newest_offered(ProFormaKind.SPOT_CHECK)


def areas_of(section: ProFormaSection) -> list[str]:
    return list(section.areas.values_list("code", flat=True))


def _words(version: ProFormaVersion) -> list[tuple[object, ...]]:
    return [
        (section.key, section.order, section.title, section.prompts, areas_of(section))
        for section in version.sections.all()
    ]
