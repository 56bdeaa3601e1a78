"""A council's list meets the teams that somebody keeps in the desk, by their names."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learning.people.models import Team
from learning.people.roles import Role
from learning.selection import loading
from learning.selection.files import read_file
from tests.learning.selection.conftest import DAY, workbook

pytestmark = pytest.mark.django_db


def test_a_team_added_in_the_desk_is_met_until_it_is_made_inactive(
    sign_in: Callable[..., Client], cycle: Any, officer: Any
) -> None:
    loading.promise_seed(cycle=cycle, promised_by=officer)
    rows = [[7_000_001, DAY, None, "HARBOUR  Assessment", "Wilhelmina Canary"]]

    def team_of_the_case() -> Team | None:
        frame = loading.load_frame(
            cycle=cycle, read=read_file(workbook({6: rows})), loaded_by=officer
        )
        team = frame.cases.get().team
        loading.throw_frame_away(frame=frame, thrown_by=officer)
        return team

    assert team_of_the_case() is None
    client = sign_in(Role.AUDIT_ADMIN)
    said = {
        "name": "Harbour assessment", "code": "harbour", "service_area": "Assessment", "is_active": "on",
    }  # fmt: skip
    client.post(reverse("wagtailsnippets_learning_team:add"), said)
    team = Team.objects.get(code="harbour")
    assert team_of_the_case() == team
    del said["is_active"]
    client.post(reverse("wagtailsnippets_learning_team:edit", args=[team.pk]), said)
    assert team_of_the_case() is None
