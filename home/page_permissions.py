"""Which role groups add, change and withdraw pages and files (domain.md E7).

Nobody's group publishes: that is the workflow's last step. Wagtail's “publish” right means here
that its holder may withdraw a page and set who may see it.
"""

from typing import Any

from learning.people.roles import Role

PAGE_PERMISSIONS: dict[Role, list[str]] = {
    Role.EDITOR: ["add_page", "change_page"],
    Role.LEAD_QA: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
    Role.INFORMATION_GOVERNANCE: ["publish_page"],
}
_KEEP_FILES = [
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
]
FILE_PERMISSIONS: dict[Role, list[str]] = {Role.EDITOR: _KEEP_FILES, Role.LEAD_QA: _KEEP_FILES}


def apply(apps: Any) -> None:
    """Give the groups their page and file permissions; safe to apply again."""
    groups = apps.get_model("auth", "Group").objects
    home = apps.get_model("wagtailcore", "Page").objects.get(path="00010001")
    collection = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for role, codenames in PAGE_PERMISSIONS.items():
        for codename in codenames:
            apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
                group=groups.get(name=role.label), page=home, permission=_permission(apps, codename)
            )
    for role, codenames in FILE_PERMISSIONS.items():
        for codename in codenames:
            apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
                group=groups.get(name=role.label),
                collection=collection,
                permission=_permission(apps, codename),
            )


def take_away_what_wagtail_gave(apps: Any) -> None:
    """Leave the groups what `apply` gives them, and nothing that a new Wagtail brings along.

    Wagtail makes a group that publishes (“Moderators”), a workflow of its own, and lets everybody with
    the desk choose files. Its “Editors” bear the name of ours.
    """
    for model in ("GroupPagePermission", "GroupCollectionPermission"):
        apps.get_model("wagtailcore", model).objects.all().delete()
    permission_model = apps.get_model("auth", "Permission")
    for_files = permission_model.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs", "wagtailcore"]
    )
    for group in apps.get_model("auth", "Group").objects.all():
        group.permissions.remove(*for_files.filter(group=group))
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name="Moderators approval").delete()
    apps.get_model("auth", "Group").objects.filter(name="Moderators").delete()


def _permission(apps: Any, codename: str) -> Any:
    model = codename.split("_", 1)[1]
    app_label = {
        "page": "wagtailcore",
        "image": "wagtailimages",
        "document": "wagtaildocs",
    }[model]
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename=codename,
        defaults={"name": f"Can {codename.replace('_', ' ')}"},
    )
    return permission
