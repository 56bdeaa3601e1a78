"""The ten role groups of domain.md E7, and what each may do."""

from django.db import migrations

from learning.people import role_permissions
from learning.people.roles import Role


def forwards(apps, schema_editor):
    role_permissions.apply(apps)


def backwards(apps, schema_editor):
    names = [role.label for role in Role]
    apps.get_model("auth", "Group").objects.filter(name__in=names).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0002_rooms"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
