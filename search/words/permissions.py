"""Who may change the words of search: those who answer for content (domain.md E7)."""

from typing import Any

from learning.people.roles import Role

ROLES = (Role.EDITOR, Role.LEAD_QA)
MODELS = ("synonymentry", "stemoverride", "bestbet", "exclusion")
VERBS = ("add", "change", "delete", "view")
NAMES = [f"search.{verb}_{model}" for model in MODELS for verb in VERBS]


def apply(apps: Any) -> None:
    """Give the roles these permissions; `apps` may be a migration's registry. Safe to run again."""
    groups = [_group(apps, role) for role in ROLES]
    for model in MODELS:
        for verb in VERBS:
            permission = _permission(apps, model, f"{verb}_{model}")
            for group in groups:
                group.permissions.add(permission)


def _group(apps: Any, role: Role) -> Any:
    return apps.get_model("auth", "Group").objects.get_or_create(name=role.label)[0]


def _permission(apps: Any, model: str, codename: str) -> Any:
    """The permission's row, made now where `post_migrate` has not made it yet."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="search", model=model
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename=codename,
        defaults={"name": f"Can {codename.replace('_', ' ')}"},
    )
    return permission
