"""Take away the groups, rights and workflow that Wagtail makes for itself, and give ours again."""

from django.db import migrations

from home import page_permissions


def forwards(apps, schema_editor):
    page_permissions.take_away_what_wagtail_gave(apps)
    page_permissions.apply(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_front_door"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
