"""Choosing people in a form: by name and job, as they stand in the directory."""

from django import forms

from learning.people.models import StaffMember


class PersonChoiceField(forms.ModelChoiceField):
    """One person."""

    def label_from_instance(self, obj: StaffMember) -> str:
        return obj.name_and_job


class PeopleChoiceField(forms.ModelMultipleChoiceField):
    """Several people."""

    def label_from_instance(self, obj: StaffMember) -> str:
        return obj.name_and_job
