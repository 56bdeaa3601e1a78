"""Choosing people and teams in a form: people by name and job, as they stand in the directory."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from learning.people.models import StaffMember, Team


class PersonChoiceField(forms.ModelChoiceField):
    """One person."""

    def label_from_instance(self, obj: StaffMember) -> str:
        return obj.name_and_job


class PeopleChoiceField(forms.ModelMultipleChoiceField):
    """Several people."""

    def clean(self, value: Any) -> Any:
        """Numbers that no row can have are refused like any other unknown person."""
        for said in value or ():
            if not str(said).isdecimal() or len(str(said)) > 18:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": said[:20]},
                )
        return super().clean(value)

    def label_from_instance(self, obj: StaffMember) -> str:
        return obj.name_and_job


def teams_to_choose(*chosen: int | None) -> QuerySet[Team]:
    """The active teams, and those chosen already, so that saving a form does not lose them."""
    return Team.objects.filter(Q(is_active=True) | Q(pk__in=[pk for pk in chosen if pk]))
