"""The council's numbers are encrypted in the database, and a secret can be changed (domain.md D8)."""

from importlib import import_module
from typing import Any

import pytest
from cryptography.fernet import InvalidToken
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from learning.people.roles import Role
from learning.programme.states import CycleState
from learning.selection.keys import KeyReason, look_up_key
from learning.selection.models import CaseKey
from portal.demo.loader import first_with
from tests.learning.audit import a_cycle, a_sampled_case

pytestmark = pytest.mark.django_db
NUMBER = "LCS-4711"
carried_over = import_module("learning.migrations.0033_case_numbers_encrypted")


@pytest.fixture
def key() -> CaseKey:
    case = a_sampled_case(a_cycle(state=CycleState.SELECTION))
    return CaseKey.objects.create(case=case.case, council_id=NUMBER)


def stored(key: CaseKey) -> str:
    """What the database itself holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT council_id FROM learning_casekey WHERE id = %s", [key.pk])
        return str(cursor.fetchone()[0])


def store(key: CaseKey, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE learning_casekey SET council_id = %s WHERE id = %s", [text, key.pk])


def test_the_database_holds_no_number(key: CaseKey) -> None:
    assert NUMBER not in stored(key)
    sampled = key.case.sampled.get()
    officer = first_with(Role.QA_OFFICER)
    assert look_up_key(case=sampled, looked_up_by=officer, reason=KeyReason.CHECK) == NUMBER
    other = CaseKey.objects.create(case=a_sampled_case(sampled.cycle).case, council_id=NUMBER)
    assert stored(other) != stored(key), "the same number cannot be seen to be the same"


def test_nothing_is_looked_up_by_number(key: CaseKey) -> None:
    """It would find nothing, and look as if there were nothing."""
    with pytest.raises(FieldError):
        CaseKey.objects.filter(council_id=NUMBER)


def test_a_secret_is_changed_in_three_steps(key: CaseKey, settings: Any, capsys: Any) -> None:
    old = settings.CASE_KEY_SECRETS
    settings.CASE_KEY_SECRETS = ["a-new-one", *old]
    assert CaseKey.objects.get(pk=key.pk).council_id == NUMBER
    call_command("encrypt_case_keys")
    assert f"Encrypted anew: {CaseKey.objects.count()} case numbers." in capsys.readouterr().out
    settings.CASE_KEY_SECRETS = ["a-new-one"]
    assert CaseKey.objects.get(pk=key.pk).council_id == NUMBER
    settings.CASE_KEY_SECRETS = old
    with pytest.raises(InvalidToken):
        CaseKey.objects.get(pk=key.pk)


def test_numbers_that_stood_in_plain_are_carried_over_and_back(key: CaseKey) -> None:
    """What the migration does between its two changes of the column, on rows of an earlier release."""
    CaseKey.objects.exclude(pk=key.pk).delete()
    store(key, NUMBER)
    plain = _with_plain_numbers()
    carried_over.encrypt(plain, None)
    assert NUMBER not in stored(key)
    assert CaseKey.objects.get(pk=key.pk).council_id == NUMBER
    carried_over.decrypt(plain, None)
    assert stored(key) == NUMBER


def _with_plain_numbers() -> Any:
    """The models as they are between the migration's steps: the number is text like any other."""
    loader = MigrationExecutor(connection).loader
    state = loader.project_state(("learning", "0033_case_numbers_encrypted"), at_end=False)
    carried_over.Migration.operations[0].state_forwards("learning", state)
    return state.apps
