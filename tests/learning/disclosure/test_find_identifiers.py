"""What gives somebody away is found however it is written, and what only looks like it is left alone."""

import time
from itertools import pairwise
from typing import Any

import pytest

from learning.disclosure.finding import LocalKnowledge, find_identifiers
from learning.disclosure.kinds import ADVICE, Kind
from learning.disclosure.names import PhraseBook, ways_to_write
from learning.disclosure.references import shape_of
from learning.disclosure.team_names import patterns_of
from learning.models import CaseNumberShape, LocalPlace
from learning.people.models import StaffMember, Team
from learning.people.roles import Role

KNOWN = LocalKnowledge(
    staff=PhraseBook(
        way
        for person in [
            ("Amina", "O’Kafor-Smith"),
            ("Priya", "Chandrasekhar"),
            ("Łukasz", "Wałęsa"),
            ("Sarah", "Young"),
            ("William", "Marchbank", "Will, May, Billy Joe, William Thornycroft"),
        ]
        for way in ways_to_write(*person)
    ),
    places=PhraseBook(
        ["North Hill Primary School", "Mill Lane Estate", "Mill Lane", "Brookside", "St Anne’s"]
    ),
    shapes=(shape_of("LC/####@"),),
    teams=patterns_of(
        [
            "North",
            "Fostering",
            "Young People’s",
            "Assessment North",
            "Leaving Care Team",
            "North Hill",
        ]
    ),
)


def found(text: str) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.kind.value) for s in find_identifiers(text, KNOWN)]


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("NHS 401 023 2137.", "401 023 2137", "NHS_NUMBER"),
        ("NHS 401 023\n2137.", "401 023\n2137", "NHS_NUMBER"),
        ("NHS 4 0 1 0 2 3 2 1 3 7.", "4 0 1 0 2 3 2 1 3 7", "NHS_NUMBER"),
        ("NHS ４０１０２３２１３７.", "４０１０２３２１３７", "NHS_NUMBER"),
        ("NHS ٤٠١٠٢٣٢١٣٧.", "٤٠١٠٢٣٢١٣٧", "NHS_NUMBER"),
        ("NHS 40\u200b1023\u00ad2137.", "40\u200b1023\u00ad2137", "NHS_NUMBER"),
        ("NHS 40\x001 023 2137.", "40\x001 023 2137", "NHS_NUMBER"),
        ("NHS 401–023—2137.", "401–023—2137", "NHS_NUMBER"),
        ("UPN B801200005001.", "B801200005001", "UPN"),
        ("UPN В801200005001 with a Cyrillic letter.", "В801200005001", "UPN"),
        ("NI is AB 12 34 56 C.", "AB 12 34 56 C", "NINO"),
        ("Sort code 20-00-00, account 55779911.", "20-00-00", "BANK_ACCOUNT"),
        ("Ordered in LV24C50123.", "LV24C50123", "COURT_REFERENCE"),
        ("See [2024] EWFC 12 (B).", "[2024] EWFC 12 (B)", "COURT_REFERENCE"),
        ("Mosaic no: 1234567.", "1234567", "CASE_REFERENCE"),
        ("Filed under lc/2041B.", "lc/2041B", "CASE_REFERENCE"),
        ("Moved on 3rd March 2024.", "3rd March 2024", "DATE"),
        ("Moved on 2024-03-03.", "2024-03-03", "DATE"),
        ("She was born on 03/04/2012.", "03/04/2012", "DATE_OF_BIRTH"),
        ("Came from SW1A 1AA.", "SW1A 1AA", "POSTCODE"),
        ("Came from ѕw1а 1аа.", "ѕw1а 1аа", "POSTCODE"),
        ("Lives at 12 Acacia Avenue.", "12 Acacia Avenue", "ADDRESS"),
        ("Lives in Elm Road.", "Elm Road", "PLACE"),
        ("She likes St Mary’s Primary School.", "St Mary’s Primary School", "PLACE"),
        ("They meet on the mill lane estate.", "mill lane estate", "PLACE"),
        ("Write to jo.bloggs@council.example.", "jo.bloggs@council.example", "EMAIL"),
        ("Write to jo (at) council (dot) example.", "jo (at) council (dot) example", "EMAIL"),
        ("She posts as @jojo99.", "@jojo99", "WEB_ADDRESS"),
        ("Ring 07700 900123.", "07700 900123", "PHONE"),
        ("Ring +44 (0)20 7946 0123.", "+44 (0)20 7946 0123", "PHONE"),
        ("He was aged 7.", "aged 7", "AGE"),
        ("A seven-year-old.", "seven-year-old", "AGE"),
        ("A baby, 14 months old.", "14 months old", "AGE"),
        ("Now 17¾ and moving.", "17¾", "AGE"),
        ("She is turning 18.", "turning 18", "AGE"),
        ("Written by AMINA O'KAFOR SMITH.", "AMINA O'KAFOR SMITH", "STAFF_NAME"),
        ("Thanks to A. O’Kafor-Smith.", "A. O’Kafor-Smith", "STAFF_NAME"),
        ("Mrs Patel said so.", "Mrs Patel", "PERSON_NAME"),
        ("Priya Chandrasekhar's plan.", "Priya Chandrasekhar", "STAFF_NAME"),
        ("Priya Chandrasekhar’s plan.", "Priya Chandrasekhar", "STAFF_NAME"),
        ("Priya Chandrasekhars plan.", "Priya Chandrasekhars", "STAFF_NAME"),
        ("PRIYA CHANDRASEKHAR’S PLAN", "PRIYA CHANDRASEKHAR", "STAFF_NAME"),
        ("Priya-Chandrasekhar`s plan.", "Priya-Chandrasekhar", "STAFF_NAME"),
        ("‘Priya Chandrasekhar’", "Priya Chandrasekhar", "STAFF_NAME"),
        ("Chandrasekhar, Priya’s plan.", "Chandrasekhar, Priya", "STAFF_NAME"),
        ("Will Marchbank’s plan.", "Will Marchbank", "STAFF_NAME"),
        ("MARCHBANK, WILL", "MARCHBANK, WILL", "STAFF_NAME"),
        ("Thanks to William “May” Marchbank.", "William “May” Marchbank", "STAFF_NAME"),
        ("Thanks to William (Will) Marchbank.", "William (Will) Marchbank", "STAFF_NAME"),
        ("Billy-Joe Marchbank rang.", "Billy-Joe Marchbank", "STAFF_NAME"),
        ("Billy Joe’s plan.", "Billy Joe", "STAFF_NAME"),
        ("W Thornycroft’s plan.", "W Thornycroft", "STAFF_NAME"),
        ("P.\u00a0Chandrasekhar’s plan.", "P.\u00a0Chandrasekhar", "STAFF_NAME"),
        ("Priya K. Chandrasekhar’s plan.", "Priya K. Chandrasekhar", "STAFF_NAME"),
        ("Рriya Chandrasekh\u200bаr’s plan.", "Рriya Chandrasekh\u200bаr", "STAFF_NAME"),
        ("Amina OKafor-Smith’s plan.", "Amina OKafor-Smith", "STAFF_NAME"),
        ("Amina O’Kafor’s plan.", "Amina O’Kafor", "STAFF_NAME"),
        ("AMINA SMITH’S plan.", "AMINA SMITH", "STAFF_NAME"),
        ("Lukasz Walesa’s plan.", "Lukasz Walesa", "STAFF_NAME"),
        ("Brookside’s garden.", "Brookside", "PLACE"),
        ("BROOKSIDE'S garden.", "BROOKSIDE", "PLACE"),
        ("She goes to St. Annes.", "St. Annes", "PLACE"),
        ("Miss O'Neil said so.", "Miss O'Neil", "PERSON_NAME"),
        ("Miss O’Neil’s flat.", "Miss O’Neil", "PERSON_NAME"),
        ("MRS O'NEIL said so.", "MRS O'NEIL", "PERSON_NAME"),
        ("Mr.D’Souza-Lee said so.", "Mr.D’Souza-Lee", "PERSON_NAME"),
        ("Mrs. J. van der Berg said so.", "Mrs. J. van der Berg", "PERSON_NAME"),
        ("mr patel said so.", "mr patel", "PERSON_NAME"),
        ("Auntie Jean’s house.", "Auntie Jean", "PERSON_NAME"),
        ("The Kaurs’ home.", "The Kaurs’", "PERSON_NAME"),
        ("With the O'Neil family.", "the O'Neil", "PERSON_NAME"),
        ("Registered as SW12345.", "SW12345", "SWE_NUMBER"),
        ("Registered as sw 104567.", "sw 104567", "SWE_NUMBER"),
        ("Held by the North team.", "North team", "TEAM_NAME"),
        ("Held by the fostering team.", "fostering team", "TEAM_NAME"),
        ("Held by Team North.", "Team North", "TEAM_NAME"),
        ("Held by the young people's team.", "young people's team", "TEAM_NAME"),
        ("Held by Assessment North.", "Assessment North", "TEAM_NAME"),
        ("Held by Leaving Care until May.", "Leaving Care", "TEAM_NAME"),
        ("At North Hill Primary School.", "North Hill Primary School", "PLACE"),
        ("She has epilepsy.", "epilepsy", "HEALTH"),
        ("He was diagnosed with asthma.", "diagnosed with asthma", "HEALTH"),
        ("They had no recourse to public funds.", "no recourse to public funds", "IMMIGRATION"),
        ("His father was in prison.", "prison", "EMPLOYER"),
        ("She works for Brightways.", "works for Brightways", "EMPLOYER"),
        ("Seen in 3 of 24 audits.", "3 of 24 audits", "SMALL_COUNT"),
        ("Seen in 22 of 24 audits.", "22 of 24 audits", "SMALL_COUNT"),
        ("Two families said so.", "Two families", "SMALL_COUNT"),
        ("The plan was rated good.", "rated good", "GRADE"),
        ("We give it 7/10.", "7/10", "GRADE"),
        ("It requires improvement.", "requires improvement", "GRADE"),
    ],
)
def test_it_is_found_where_it_stands(text: str, words: str, kind: str) -> None:
    assert (words, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "401 023 2138 has the wrong check digit.",
        "A801200005001 has the wrong check letter.",
        "Children aged 5 to 9, 5–9 year olds and those under 5.",
        "In March 2024 and in 2025/26; in 2026-Q3; audit 2026-Q1-CP-03.",
        "Seen in 9 of 24 audits, on page 12 of 40.",
        "Two visits, three plans, 24/7 care and section 47.",
        "Ring Childline on 0800 1111, or 999.",
        "The school, the high street and a good plan.",
        "Actions that are still outstanding; written without grades.",
        "S47 ABE interviews and S20 LAC plans.",
        "Working Together 2023 and the Children Act 1989.",
        "Week P1 2nd and C1 3rd.",
        "The north of the borough, North Wales and the fostering service.",
        "Young people’s views, fostering and leaving care, in assessment north and south.",
        "The teamwork of Northern teams; a team in the north.",
        "She works for the council and at home, and health and disability were talked about.",
        "SW1 and SW123 are no registrations.",
        "The mother's young son did not miss school; it's the parents' view.",
        "The Youth Justice Service and the Parents' Forum; the family's own words.",
        "Didn't young people say so? A young person's plan.",
        "Will told her in May that she may stay; the will was read, and Billy listened.",
        "",
        "\u200b\u200b",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_nothing_is_marked_twice_and_the_surer_kind_stays() -> None:
    spans = find_identifiers("Ref 401 023 2137 at 12 Mill Lane, SW1A 1AA", KNOWN)

    assert [span.kind for span in spans] == [Kind.NHS_NUMBER, Kind.PLACE, Kind.POSTCODE]
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("below", "text", "words"),
    [
        (10, "Seen in 9 of 24 audits.", "9 of 24 audits"),
        (10, "Seen in nine of 24 audits.", "nine of 24 audits"),
        (10, "Seen in 15 of 24 audits.", "15 of 24 audits"),
        (10, "Seven families said so.", "Seven families"),
        (5, "Only one family said so.", "Only one family"),
        (3, "Two families said so.", "Two families"),
        (2, "1 family said so.", "1 family"),
    ],
)
def test_small_is_what_the_service_hides_everywhere(
    settings: Any, below: int, text: str, words: str
) -> None:
    settings.PORTAL_SUPPRESS_BELOW = below

    assert (words, "SMALL_COUNT") in found(text)


@pytest.mark.parametrize(
    ("below", "text"),
    [
        (10, "Seen in 12 of 24 audits."),
        (10, "Ten families said so."),
        (5, "Five families said so."),
        (3, "Three families said so, in 21 of 24 audits."),
        (2, "Two families said so."),
        (1, "One of 24 audits, one family."),
    ],
)
def test_what_the_service_shows_is_left_alone(settings: Any, below: int, text: str) -> None:
    settings.PORTAL_SUPPRESS_BELOW = below

    assert found(text) == []


def test_every_kind_says_what_to_write_instead() -> None:
    assert set(ADVICE) == set(Kind)


@pytest.mark.parametrize(
    "text",
    ["1 " * 50_000, "1" * 100_000, "a" * 100_000, "(0" * 50_000, "Aa " * 33_000, "a@" * 50_000],
)
def test_a_long_odd_text_takes_no_longer_than_it_should(text: str) -> None:
    began = time.process_time()

    find_identifiers(text, KNOWN)

    assert time.process_time() - began < 20


@pytest.mark.django_db
def test_other_names_of_colleagues_and_places_are_found_like_their_own(person: Any) -> None:
    colleague = person(Role.EDITOR)
    StaffMember.objects.filter(pk=colleague.pk).update(also_called=" Will ,, May;")
    LocalPlace.objects.create(name="Harrow Fields", also_called="Fields flats, HFE, ")
    last = colleague.last_name
    text = f"Will {last} drove to the Fields Flats, not to HFE; May {last} may, and will."

    found = [(text[s.start : s.end], s.kind) for s in find_identifiers(text)]

    assert found == [
        (f"Will {last}", "STAFF_NAME"),
        ("Fields Flats", "PLACE"),
        ("HFE", "PLACE"),
        (f"May {last}", "STAFF_NAME"),
    ]


@pytest.mark.django_db
def test_the_directory_the_places_and_the_shapes_of_the_service_are_asked(
    person: Any, django_assert_num_queries: Any
) -> None:
    name = person(Role.EDITOR).get_full_name()
    LocalPlace.objects.create(name="Harrow Fields")
    CaseNumberShape.objects.create(sample="HM@####")
    Team.objects.create(code="west", name="West", service_area="Assessment")
    Team.objects.create(code="east", name="East", service_area="Assessment", is_active=False)
    text = f"{name} of the West team drove to Harrow Fields about HMX2041, past the East team."

    with django_assert_num_queries(4):
        spans = find_identifiers(text)

    kinds = [span.kind for span in spans]
    assert kinds == ["STAFF_NAME", "TEAM_NAME", "PLACE", "CASE_REFERENCE"]
