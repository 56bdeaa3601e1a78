"""What each role group may do by Django permission (domain.md E7, rows content, users, settings).

Applied by a migration and safe to apply again. Page permissions stand in `home`'s migrations.
"""

from typing import Any

from learning.people.roles import Role

VOCABULARY = ("theme", "areaofwork", "practicestandard", "glossaryterm")
_WORDS = [f"learning.{verb}_{model}" for model in VOCABULARY for verb in ("add", "change", "view")]
_LOCAL = [
    f"learning.{verb}_{model}"
    for model in ("localplace", "casenumbershape")
    for verb in ("add", "change", "delete", "view")
]
_PEOPLE = [
    f"learning.{verb}_{model}"
    for model in ("staffmember", "team")
    for verb in ("add", "change", "view")
]
ADMIN = "wagtailadmin.access_admin"

ROLE_PERMISSIONS: dict[Role, list[str]] = {
    Role.EDITOR: [ADMIN, *_WORDS],
    Role.LEAD_QA: [ADMIN, *_WORDS, *_LOCAL, "learning.change_auditsettings"],
    Role.QA_OFFICER: [ADMIN, *_LOCAL],
    Role.AUDIT_ADMIN: [ADMIN, *_PEOPLE],
    Role.IT_SUPPORT: [ADMIN, *_PEOPLE, "auth.view_group"],
    Role.INFORMATION_GOVERNANCE: [
        ADMIN,
        "learning.view_staffmember",
        "learning.view_team",
        "learning.view_accessevent",
    ],
}


def apply(apps: Any) -> None:
    """Make the ten groups and give them their permissions; `apps` may be a migration's registry."""
    group_model = apps.get_model("auth", "Group")
    for role in Role:
        group, _ = group_model.objects.get_or_create(name=role.label)
        for name in ROLE_PERMISSIONS.get(role, []):
            group.permissions.add(_permission(apps, name))


def _permission(apps: Any, name: str) -> Any:
    """The permission row, made now if `post_migrate` has not yet made it."""
    app_label, codename = name.split(".")
    model = "admin" if codename == "access_admin" else codename.split("_", 1)[1]
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename=codename,
        defaults={"name": f"Can {codename.replace('_', ' ')}"},
    )
    return permission
