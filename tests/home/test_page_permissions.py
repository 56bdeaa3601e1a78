"""The groups hold the rights that our tables give them, and none that Wagtail brings along."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Task, Workflow

from audit_pages.publishing.workflows import STEPS
from home.page_permissions import FILE_PERMISSIONS, PAGE_PERMISSIONS
from learning.people.roles import Role

pytestmark = pytest.mark.django_db


def test_there_are_our_ten_groups_and_no_other() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {role.label for role in Role}


@pytest.mark.parametrize("role", list(Role))
def test_each_group_has_the_page_rights_of_the_table(role: Role) -> None:
    held = GroupPagePermission.objects.filter(group__name=role.label)
    assert {(grant.page.depth, grant.permission.codename) for grant in held} == {
        (2, codename) for codename in PAGE_PERMISSIONS.get(role, [])
    }


@pytest.mark.parametrize("role", list(Role))
def test_each_group_has_the_file_rights_of_the_table(role: Role) -> None:
    held = GroupCollectionPermission.objects.filter(group__name=role.label)
    codenames = sorted(held.values_list("permission__codename", flat=True))
    assert codenames == sorted(FILE_PERMISSIONS.get(role, []))
    apps = held.values_list("permission__content_type__app_label", flat=True)
    assert set(apps) <= {"wagtailimages", "wagtaildocs"}


def test_no_group_has_a_right_over_all_pages_or_files() -> None:
    everywhere = Permission.objects.filter(
        content_type__app_label__in=["wagtailcore", "wagtailimages", "wagtaildocs"]
    )
    assert not Group.objects.filter(permissions__in=everywhere).exists()


def test_the_workflows_are_ours() -> None:
    assert set(Workflow.objects.values_list("name", flat=True)) == set(STEPS)
    steps = {name for rows in STEPS.values() for name, _ in rows}
    assert set(Task.objects.values_list("name", flat=True)) == steps
