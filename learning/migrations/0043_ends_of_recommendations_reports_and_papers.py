"""Ends for recommendations, cycle reports and working papers; holds on a cycle."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0042_text_before_the_talk_and_header"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="disposalitem",
            name="disposal_of_one_thing",
        ),
        migrations.RemoveConstraint(
            model_name="legalhold",
            name="hold_on_an_audit_or_a_spot_check",
        ),
        migrations.AddField(
            model_name="auditsettings",
            name="keep_recommendations_months",
            field=models.PositiveSmallIntegerField(
                default=72,
                help_text="From the close of the cycle, or later from the last step of the recommendation.",
                verbose_name="months that the words of recommendations are kept",
            ),
        ),
        migrations.AddField(
            model_name="auditsettings",
            name="keep_reports_months",
            field=models.PositiveSmallIntegerField(
                default=72,
                help_text="From the close of the cycle, or later from the last word of a board. Figures stay.",
                verbose_name="months that the words of cycle reports are kept",
            ),
        ),
        migrations.AddField(
            model_name="disposalitem",
            name="recommendation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disposals",
                to="learning.recommendation",
            ),
        ),
        migrations.AddField(
            model_name="legalhold",
            name="cycle",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="legal_holds",
                to="learning.auditcycle",
            ),
        ),
        migrations.AlterField(
            model_name="auditsettings",
            name="keep_audits_months",
            field=models.PositiveSmallIntegerField(
                default=36,
                help_text="From the close of the cycle: sections, conversation, reply, what families said; also plenary notes, reflections, and answers about the audit itself.",
                verbose_name="months that the text of audits and spot checks is kept",
            ),
        ),
        migrations.AlterField(
            model_name="disposalitem",
            name="kind",
            field=models.CharField(
                choices=[
                    ("audit", "Audit: what was written, said and answered in it"),
                    ("spot_check", "Spot check: what was written in it"),
                    ("letter", "Private letter"),
                    ("keys", "Case numbers and list of cases"),
                    ("papers", "Plenary notes, reflections and answers about the audit itself"),
                    ("recommendation", "Recommendation: its words and what was written about it"),
                    ("report", "Cycle report: what was written in it"),
                    ("access_log", "Access log"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="disposalitem",
            constraint=models.UniqueConstraint(
                fields=("list", "recommendation"), name="recommendation_disposed_once_in_a_list"
            ),
        ),
        migrations.AddConstraint(
            model_name="disposalitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cycle__isnull", True),
                        ("kind__in", ("audit", "letter")),
                        ("older_than__isnull", True),
                        ("recommendation__isnull", True),
                        ("spot_check__isnull", True),
                        ("submission__isnull", False),
                    ),
                    models.Q(
                        ("cycle__isnull", True),
                        ("kind__in", ("spot_check",)),
                        ("older_than__isnull", True),
                        ("recommendation__isnull", True),
                        ("spot_check__isnull", False),
                        ("submission__isnull", True),
                    ),
                    models.Q(
                        ("cycle__isnull", True),
                        ("kind__in", ("recommendation",)),
                        ("older_than__isnull", True),
                        ("recommendation__isnull", False),
                        ("spot_check__isnull", True),
                        ("submission__isnull", True),
                    ),
                    models.Q(
                        ("cycle__isnull", False),
                        ("kind__in", ("keys", "papers", "report")),
                        ("older_than__isnull", True),
                        ("recommendation__isnull", True),
                        ("spot_check__isnull", True),
                        ("submission__isnull", True),
                    ),
                    models.Q(
                        ("cycle__isnull", True),
                        ("kind__in", ("access_log",)),
                        ("older_than__isnull", False),
                        ("recommendation__isnull", True),
                        ("spot_check__isnull", True),
                        ("submission__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="disposal_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("cycle",),
                name="one_running_hold_a_cycle",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cycle__isnull", True),
                        ("spot_check__isnull", True),
                        ("submission__isnull", False),
                    ),
                    models.Q(
                        ("cycle__isnull", True),
                        ("spot_check__isnull", False),
                        ("submission__isnull", True),
                    ),
                    models.Q(
                        ("cycle__isnull", False),
                        ("spot_check__isnull", True),
                        ("submission__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="hold_on_one_thing",
            ),
        ),
    ]
