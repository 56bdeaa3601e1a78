"""Seventy and more themes are chosen without being read one by one."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.people.roles import Role
from learning.submissions.forms import StatementForm
from learning.vocabulary.choices import ThemeGroup
from learning.vocabulary.models import Theme
from learning.vocabulary.picking import LIKELY, ThemeField
from tests.learning.audit import (
    a_cycle,
    a_pair,
    a_person,
    a_plenary_note,
    a_sampled_case,
    a_statement,
    a_submission,
)

pytestmark = pytest.mark.django_db

TYPED = {"kind": "strength", "text": "She was heard, because he asked; it means she is safer."}


def picker(page: str) -> Tag:
    found = BeautifulSoup(page, "html.parser").select_one(".theme-picker")
    assert found is not None
    return found


def statement_form(*chosen: Theme, likely: Any = ()) -> StatementForm:
    return StatementForm(TYPED | {"themes": [theme.pk for theme in chosen]}, likely=likely)


def themes(count: int) -> list[Theme]:
    return list(Theme.objects.order_by("code")[:count])


def families(found: Tag) -> list[Tag]:
    return found.select("details")


def test_families_are_closed_and_hold_every_theme_once() -> None:
    found = picker(str(StatementForm()))
    assert [row.summary.get_text(strip=True).split(" (")[0] for row in families(found)] == [
        group.label for group in ThemeGroup
    ]
    assert not any(row.has_attr("open") for row in families(found))
    values = [int(box["value"]) for box in found.select("input[type=checkbox]")]
    assert sorted(values) == sorted(
        Theme.objects.filter(is_active=True).values_list("pk", flat=True)
    )


def test_a_family_with_a_ticked_box_is_open_and_says_how_many() -> None:
    chosen = Theme.objects.filter(group=ThemeGroup.SYSTEM)[:2]
    shown = [row for row in families(picker(str(statement_form(*chosen)))) if row.has_attr("open")]
    assert [row.summary.get_text(strip=True) for row in shown] == ["System (9, 2 ticked)"]
    assert len(shown[0].select("input[checked]")) == 2


def test_likely_themes_stand_first_and_nowhere_else() -> None:
    likely = [Theme.objects.get(code="S01"), Theme.objects.get(code="P09")]
    found = picker(str(StatementForm(likely=likely)))
    before = found.select_one("details").find_all_previous("input")
    assert {int(box["value"]) for box in before if box["name"] == "themes"} == {
        theme.pk for theme in likely
    }
    assert LIKELY in found.get_text()
    for theme in likely:
        assert len(found.select(f"input[value='{theme.pk}']")) == 1


def test_three_themes_are_the_most_of_a_statement() -> None:
    assert statement_form(*themes(3)).is_valid()
    form = statement_form(*themes(4))
    assert form.errors["themes"] == ["Choose no more than 3 themes."]
    assert picker(str(form)).select("details[open]")


def test_a_theme_that_is_no_longer_used_is_not_taken() -> None:
    gone = themes(1)[0]
    Theme.objects.filter(pk=gone.pk).update(is_active=False)
    assert "themes" in statement_form(gone).errors
    assert not picker(str(StatementForm())).select(f"input[value='{gone.pk}']")


def test_the_error_of_the_field_leads_to_the_picker() -> None:
    page = BeautifulSoup(str(statement_form(*themes(4))), "html.parser")
    target = page.select_one(".govuk-error-summary a")["href"][1:]
    assert page.find(id=target) is not None


def test_one_theme_is_a_list_by_family() -> None:
    field = ThemeField(empty_label="Choose one")
    groups = [name for name, choices in field.choices if isinstance(choices, list)]
    assert groups == [group.label for group in ThemeGroup]
    assert field.clean(str(themes(1)[0].pk)) == themes(1)[0]


def test_what_people_call_a_theme_finds_it() -> None:
    theme = next(row for row in Theme.objects.all() if row.also_called)
    box = picker(str(StatementForm())).select_one(f"input[value='{theme.pk}']")
    assert theme.also_called[0] in box["data-also"]


def test_a_recommendation_offers_the_themes_of_its_audit_first(sign_in: Any, person: Any) -> None:
    lead = person(Role.LEAD_QA)
    cycle = a_cycle()
    case = a_sampled_case(cycle, pair=a_pair(cycle, a_person("Ann"), a_person("Bo")))
    submission = a_submission(case, "complete")
    a_statement(submission, "strength", "S01", "P09")
    url = f"/audits/recommendations/draft/{case.ref}/"
    client = sign_in(lead)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url).text
    assert len([row for row in queries if 'FROM "learning_theme"' in row["sql"]]) == 2
    found = picker(page)
    first = [box["value"] for box in found.select_one("details").find_all_previous("input")]
    wanted = set(Theme.objects.filter(code__in=["S01", "P09"]).values_list("pk", flat=True))
    assert {str(pk) for pk in wanted} <= set(first)


def test_a_recommendation_beyond_one_case_offers_none_first(sign_in: Any) -> None:
    a_plenary_note(a_cycle("2031-Q2"))
    page = sign_in(Role.LEAD_QA).get("/audits/plenaries/2031-Q2/recommend/")
    assert len(families(picker(page.text))) == len(ThemeGroup)
    assert LIKELY not in page.text
