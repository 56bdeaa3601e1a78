"""What leads set and read about the programme in the editors' desk."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from learning.people.roles import Role
from learning.programme.models import AuditorReadiness
from learning.programme.settings import AuditSettings
from learning.programme.states import CycleState
from tests.learning.audit import a_cycle, a_prepared_person

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]
REGISTER = "/admin/preparation/"


def settings_url() -> str:
    return f"/admin/settings/learning/auditsettings/{AuditSettings.load().pk}/"


def test_a_lead_sets_when_the_draw_is_due(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.PLANNED, first_day=date(2031, 3, 4))
    assert cycle.draw_due_date == date(2031, 1, 28)
    form = {
        field.name: field.value_from_object(AuditSettings.load())
        for field in AuditSettings._meta.fields
        if not field.primary_key
    }
    sign_in(Role.LEAD_QA).post(settings_url(), form | {"draw_days_before": 28})
    assert cycle.draw_due_date == date(2031, 2, 4)


@pytest.mark.parametrize("role", [Role.QA_OFFICER, Role.EDITOR, Role.IT_SUPPORT])
def test_nobody_else_sets_the_numbers(sign_in: SignIn, role: Role) -> None:
    before = AuditSettings.load().draw_days_before
    answer = sign_in(role).post(settings_url(), {"draw_days_before": 1})
    assert answer.status_code in (302, 403)
    assert AuditSettings.load().draw_days_before == before


def test_the_register_lists_who_is_prepared(sign_in: SignIn) -> None:
    asha = a_prepared_person("Asha")
    for role in (Role.LEAD_QA, Role.QA_OFFICER, Role.AUDIT_ADMIN):
        page = sign_in(role).get(REGISTER).content.decode()
        assert "Asha Built" in page
        assert f"/audits/preparation/{asha.pk}/" in page


def test_nothing_is_changed_in_the_register(sign_in: SignIn) -> None:
    asha = a_prepared_person("Asha")
    lead = sign_in(Role.LEAD_QA)
    for way in ("create/", f"edit/{asha.readiness.pk}/", f"delete/{asha.readiness.pk}/"):
        assert lead.post(f"{REGISTER}{way}", {}).status_code in (302, 403)
    assert AuditorReadiness.objects.filter(person=asha).exists()


def test_an_editor_does_not_read_the_register(sign_in: SignIn) -> None:
    a_prepared_person("Asha")
    assert "Asha Built" not in sign_in(Role.EDITOR).get(REGISTER, follow=True).content.decode()
