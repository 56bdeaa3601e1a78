"""What a page shows of its evidence: a number that tells nobody, and the audits to those who may open them."""

from typing import Any

import pytest
from django.utils import timezone

from audit_pages.models import FindingPage, LetterPage
from audit_pages.publishing.records import record_of
from learning.evidence.models import PageEvidence
from learning.evidence.selectors import rests_on
from learning.people.roles import Role
from learning.submissions.grants import grant_reading
from learning.submissions.models import SubmissionGrant
from tests.learning.audit import a_person

pytestmark = pytest.mark.django_db


def reader_grants(reader: Any) -> Any:
    return SubmissionGrant.objects.filter(user=reader)


def words(page: Any, person: Any) -> str:
    evidence = rests_on(page.pk, person)
    assert evidence is not None
    return evidence.words


def test_a_reader_sees_how_many_and_never_which(
    finding: FindingPage, audits: Any, rest: Any, sign_in: Any
) -> None:
    all_audits = audits(24)
    rest(all_audits[:9])

    shown = sign_in(Role.FRONT_LINE).get(finding.get_url()).text

    assert "9 of 24 audits, 2031-Q1; child protection." in shown
    assert not any(audit.case.ref in shown for audit in all_audits)
    assert "Name the audits" not in shown


def test_a_letter_says_it_too(audits: Any, rest: Any, sign_in: Any) -> None:
    letter = LetterPage.objects.live().first()
    rest(audits(24)[:1], page=letter)

    assert "Fewer than 5 of 24 audits" in sign_in(Role.FRONT_LINE).get(letter.get_url()).text


def test_the_office_and_whoever_was_let_in_see_links_to_what_they_may_open(
    finding: FindingPage, audits: Any, rest: Any, sign_in: Any, person: Any
) -> None:
    first, second = audits(2)
    rest([first, second])
    reader = a_person("Reader")
    reader.groups.set(person(Role.FRONT_LINE).groups.all())
    grant_reading(
        submission=first, person=reader, reason="Presents", granted_by=person(Role.LEAD_QA)
    )

    shown = sign_in(reader).get(finding.get_url()).text
    office = sign_in(Role.QA_OFFICER).get(finding.get_url()).text

    assert (first.case.ref in shown, second.case.ref in shown) == (True, False)
    assert first.case.ref in office and second.case.ref in office
    assert "Name the audits" in office


@pytest.mark.parametrize(
    ("named", "total", "expected"),
    [
        (9, 24, "9 of 24 audits"),
        (4, 24, "fewer than 5 of 24 audits"),
        (22, 24, "nearly all of 24 audits"),
        (24, 24, "24 of 24 audits"),
        (3, 4, "fewer than 5 audits"),
    ],
)
def test_small_numbers_are_not_said(
    named: int, total: int, expected: str, finding: FindingPage, audits: Any, rest: Any, person: Any
) -> None:
    rest(audits(total)[:named])

    assert words(finding, person(Role.FRONT_LINE)) == expected


def test_the_size_of_a_small_cycle_is_not_got_back_from_two_pages(
    finding: FindingPage, audits: Any, rest: Any, person: Any
) -> None:
    large, small = audits(24), audits(3, "2031-Q2")
    other = FindingPage.objects.live().exclude(pk=finding.pk).first()
    rest(large[:10])
    rest([*large[:10], *small[:2]], page=other)

    assert words(finding, person(Role.FRONT_LINE)) == "10 of 24 audits"
    assert words(other, person(Role.FRONT_LINE)) == "12 audits", "27 less 24 would tell the three"


def test_an_area_with_few_audits_is_not_named(
    finding: FindingPage, audits: Any, rest: Any, person: Any
) -> None:
    many = audits(8)
    few = audits(8, "2031-Q2", area="family_support_early_help")
    rest([*many[:6], *few[:2]])

    evidence = rests_on(finding.pk, person(Role.FRONT_LINE))

    assert evidence is not None
    assert evidence.areas == many[0].case.area.label


def test_nothing_is_said_where_nothing_is_named(
    finding: FindingPage, sign_in: Any, person: Any
) -> None:
    assert rests_on(finding.pk, person(Role.FRONT_LINE)) is None
    assert "What this rests on" not in sign_in(Role.FRONT_LINE).get(finding.get_url()).text
    assert "No audit is named yet" in sign_in(Role.LEAD_QA).get(finding.get_url()).text


def test_the_words_of_the_office_are_on_no_page_and_in_no_record(
    finding: FindingPage, audits: Any, rest: Any, sign_in: Any
) -> None:
    (row,) = rest(audits(1))
    row.bearing = "kestrelquarry"
    row.save()

    assert "kestrelquarry" not in repr(record_of(finding.pk))
    for role in (Role.LEAD_QA, Role.FRONT_LINE):
        assert "kestrelquarry" not in sign_in(role).get(finding.get_url()).text


def test_the_page_asks_as_much_for_many_audits_as_for_one(
    finding: FindingPage, audits: Any, rest: Any, person: Any, django_assert_num_queries: Any
) -> None:
    rest(audits(60))
    reader = person(Role.LEAD_QA)
    reader.has_role(Role.LEAD_QA)

    with django_assert_num_queries(2):
        rests_on(finding.pk, reader)


def test_reading_that_is_taken_away_takes_the_link_with_it(
    finding: FindingPage, audits: Any, rest: Any, sign_in: Any, person: Any
) -> None:
    (audit,) = rest(audits(1))
    reader = a_person("Reader")
    reader.groups.set(person(Role.FRONT_LINE).groups.all())
    client = sign_in(reader)

    def is_linked() -> bool:
        return audit.submission.case.ref in client.get(finding.get_url()).text

    assert not is_linked()
    grant_reading(
        submission=audit.submission,
        person=reader,
        reason="Presents",
        granted_by=person(Role.LEAD_QA),
    )
    assert is_linked()
    reader_grants(reader).update(expires_at=timezone.now())
    assert not is_linked()


def test_an_audit_from_before_the_portal_is_counted_and_gives_no_total(
    finding: FindingPage, audits: Any, rest: Any, person: Any
) -> None:
    rest(audits(24)[:9])
    PageEvidence.objects.create(
        page=finding, earlier_reference="2024/17", named_by=person(Role.QA_OFFICER)
    )
    evidence = rests_on(finding.pk, person(Role.LEAD_QA))
    assert evidence is not None
    assert evidence.words == "10 audits"
    assert len(evidence.may_open) == 9
