"""Teams are kept in the desk by those who keep people; what editors write as “also called” is checked."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import learning.vocabulary.models
from learning.people import role_permissions


def give_permissions(apps, schema_editor):
    role_permissions.apply(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0031_owner_changes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="conflictdeclaration",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="learning.team",
            ),
        ),
        migrations.AlterField(
            model_name="glossaryterm",
            name="also_called",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Words and phrases that people use for it. They stand beside it in the glossary, and lead a search there.",
                validators=[learning.vocabulary.models.only_words],
            ),
        ),
        migrations.AlterField(
            model_name="team",
            name="code",
            field=models.SlugField(
                help_text="A short name without spaces, for example “assessment-north”. It stays as it is.",
                max_length=40,
                unique=True,
            ),
        ),
        migrations.AlterField(
            model_name="team",
            name="is_active",
            field=models.BooleanField(
                default=True,
                help_text="Take the tick off instead of deleting a team: it stays where it stands already, and can no longer be chosen.",
                verbose_name="active",
            ),
        ),
        migrations.AlterField(
            model_name="team",
            name="name",
            field=models.CharField(
                help_text="As the council’s case system writes it: a list of cases is matched by this name.",
                max_length=120,
                unique=True,
            ),
        ),
        migrations.AlterField(
            model_name="theme",
            name="also_called",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Words and phrases that people use for it. They suggest this theme for a text, and lead a search to it.",
                validators=[learning.vocabulary.models.only_words],
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"),
                name="team_name_once",
                violation_error_message="There is a team of this name already.",
            ),
        ),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]
