"""The home page in place of Wagtail's welcome, the two workflows, and who edits pages."""

from django.db import migrations

from audit_pages.publishing import workflows
from home import page_permissions


def forwards(apps, schema_editor):
    _home_page(apps)
    workflows.load(apps)
    page_permissions.apply(apps)


def _home_page(apps):
    page_model = apps.get_model("wagtailcore", "Page")
    page_model.objects.filter(depth=2).delete()
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="home", model="homepage"
    )
    home = apps.get_model("home", "HomePage").objects.create(
        title="Home",
        draft_title="Home",
        slug="home",
        content_type=content_type,
        path="00010001",
        depth=2,
        numchild=0,
        url_path="/home/",
        locale=apps.get_model("wagtailcore", "Locale").objects.first(),
        live=True,
    )
    page_model.objects.filter(depth=1).update(numchild=1)
    site_model = apps.get_model("wagtailcore", "Site")
    site_model.objects.all().delete()
    site_model.objects.create(
        hostname="localhost",
        port=80,
        root_page_id=home.pk,
        is_default_site=True,
        site_name="",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_home_page"),
        ("learning", "0003_role_groups"),
        ("audit_pages", "0001_pages"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
