"""Packs for a performance review day, and their slides."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit_pages", "0001_pages"),
        ("learning", "0004_starter_vocabulary"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                (
                    "presented_on",
                    models.DateField(blank=True, null=True, verbose_name="date of the day"),
                ),
                (
                    "presented_to",
                    models.CharField(
                        blank=True,
                        help_text="A team or a meeting, if you know it.",
                        max_length=120,
                        verbose_name="who it is for",
                    ),
                ),
                (
                    "presenter",
                    models.CharField(
                        blank=True,
                        help_text="Leave this empty if the slides are to carry no name.",
                        max_length=120,
                        verbose_name="your name on the first slide",
                    ),
                ),
                (
                    "quarter",
                    models.CharField(
                        blank=True,
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^20\\d\\d-Q[1-4]$",
                                "Write the quarter as year, hyphen, Q and its number, such as 2026-Q3.",
                            )
                        ],
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="packs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shared_with",
                    models.ManyToManyField(
                        blank=True, related_name="packs_shared_with_me", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="learning.theme",
                    ),
                ),
            ],
            options={
                "ordering": ["-changed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Slide",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("day_in_a_life", "A day in a child's life"),
                            ("why_we_looked", "Why we looked"),
                            ("families_told_us", "What children and parents told us"),
                            ("did_well", "What we did well"),
                            ("get_better_at", "What we must get better at"),
                            ("light_bulb", "A light-bulb moment"),
                            ("good_looks_like", "What good looks like"),
                            ("what_changed", "What changed since last time"),
                            ("we_ask", "What we ask of you"),
                            ("exercise", "Small-group exercise"),
                            ("pledge", "Our pledge"),
                            ("read_more", "Where to read more"),
                            ("own", "A slide of your own"),
                            ("item", "From a page"),
                            ("trend", "Trend of a theme"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "rests_on_page",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Kept when the page itself is deleted, so that its absence can be told.",
                    ),
                ),
                (
                    "chosen_parts",
                    models.JSONField(
                        blank=True,
                        help_text="Anchors of the page's parts to show; null: all of them.",
                        null=True,
                    ),
                ),
                ("heading", models.CharField(blank=True, max_length=120)),
                ("text", models.TextField(blank=True, max_length=6000)),
                ("notes", models.TextField(blank=True, max_length=6000)),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "pack",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slides",
                        to="audit_pages.pack",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="learning.theme",
                    ),
                ),
            ],
            options={
                "ordering": ["order", "pk"],
            },
        ),
    ]
