"""Which audits a published page rests on."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0013_local_places"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="PageEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "earlier_reference",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Of an audit that has no submission in the portal; carried over, never typed anew.",
                        max_length=80,
                    ),
                ),
                (
                    "bearing",
                    models.TextField(
                        blank=True,
                        help_text="Read by the QA office only. It is never published or searched.",
                        verbose_name="how it bears on the page",
                    ),
                ),
                (
                    "named_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="learning.auditsubmission",
                    ),
                ),
            ],
            options={
                "verbose_name": "audit that a page rests on",
                "verbose_name_plural": "audits that pages rest on",
                "ordering": ["page", "submission__case__ref", "earlier_reference"],
            },
        ),
        migrations.AddConstraint(
            model_name="pageevidence",
            constraint=models.UniqueConstraint(
                fields=("page", "submission"), name="evidence_once_a_page"
            ),
        ),
        migrations.AddConstraint(
            model_name="pageevidence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("earlier_reference", ""), _negated=True),
                fields=("page", "earlier_reference"),
                name="earlier_evidence_once_a_page",
            ),
        ),
        migrations.AddConstraint(
            model_name="pageevidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("earlier_reference", ""), ("submission__isnull", False)),
                    models.Q(
                        ("submission__isnull", True),
                        models.Q(("earlier_reference", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="evidence_is_one_audit",
            ),
        ),
    ]
