"""A page shows the themes and areas of work that it has now, and a draft those of the draft."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit_pages.models import FindingPage, LetterPage, SevenMinuteBriefingPage
from audit_pages.pages.subjects import subjects_of
from learning.people.roles import Role
from learning.vocabulary.models import AreaOfWork, Theme

pytestmark = pytest.mark.django_db
WITH_BOTH = [FindingPage, LetterPage, SevenMinuteBriefingPage]


def in_order(subjects: Any) -> list[tuple[str, str]]:
    return [(subject.code, subject.label) for subject in subjects]


@pytest.fixture
def finding() -> FindingPage:
    return FindingPage.objects.live().order_by("pk").first()


@pytest.mark.parametrize("model", WITH_BOTH)
def test_they_are_the_page_s_own_in_their_order(model: Any) -> None:
    page = model.objects.live().order_by("pk").first()
    last, first = (
        AreaOfWork.objects.create(code="z", label="A last", order=99),
        AreaOfWork.objects.first(),
    )
    page.areas_of_work.set([last, first])
    page.themes.set(Theme.objects.order_by("-label")[:4])
    page.save()

    themes, areas = subjects_of(model.objects.get(pk=page.pk))

    assert in_order(themes) == in_order(page.themes.all().order_by("code"))
    assert in_order(areas) == in_order([first, last])
    assert len(themes) == 4


def test_a_page_without_any_has_none(finding: FindingPage) -> None:
    finding.areas_of_work.clear()
    finding.themes.clear()
    finding.save()
    assert subjects_of(finding) == ([], [])


def test_a_change_shows_at_once(finding: FindingPage, sign_in: Callable[..., Client]) -> None:
    client = sign_in(Role.FRONT_LINE)
    client.get(finding.get_url())
    theme, area = Theme.objects.first(), AreaOfWork.objects.first()
    Theme.objects.filter(pk=theme.pk).update(label="A theme renamed")
    AreaOfWork.objects.filter(pk=area.pk).update(label="An area renamed")
    finding.themes.set([theme])
    finding.areas_of_work.set([area])
    finding.save()

    shown = client.get(finding.get_url()).text

    assert "A theme renamed" in shown and "An area renamed" in shown


def test_a_draft_is_previewed_with_its_own(
    finding: FindingPage, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(Role.EDITOR)
    theme = Theme.objects.create(code="ZZ9", label="Only in the draft", scope_note="For a test.")
    finding.themes.add(theme)
    finding.save_revision()

    draft = client.get(reverse("wagtailadmin_pages:view_draft", args=[finding.pk])).text

    assert "Only in the draft" in draft
    assert "Only in the draft" not in client.get(finding.get_url()).text
