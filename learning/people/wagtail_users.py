"""Staff in Wagtail's user pages: our fields, and no way for anybody to raise themselves."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from learning.events.services import record_event
from learning.people.choosing import teams_to_choose

OWN_FIELDS = {
    "also_called",
    "job_title",
    "job_family",
    "team",
    "line_manager",
    "starts_on",
    "ends_on",
}
_DATES = {
    "starts_on": forms.DateInput(attrs={"type": "date"}),
    "ends_on": forms.DateInput(attrs={"type": "date"}),
}


def tell_old_address(address: str) -> None:
    """Whoever changes an address could ask for a new password with it, and so sign in as that person."""
    send_mail(
        "Your sign-in address was changed",
        "Somebody who looks after accounts changed the address that you sign in with to the portal.\n\n"
        "If you do not know why, tell information governance at once.\n",
        None,
        [address],
        fail_silently=True,
    )


class _EditedBy:
    """Only a superuser makes superusers, and nobody changes their own roles. A team that is no longer
    active is not offered, unless the person is in it."""

    fields: dict[str, forms.Field]
    instance: Any

    def __init__(self, *args: Any, edited_by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams_to_choose(self.instance.team_id)  # type: ignore[attr-defined]
        if edited_by is None or not edited_by.is_superuser:
            self.fields.pop("is_superuser", None)
        if edited_by is not None and self.instance.pk == edited_by.pk:
            self.fields.pop("groups", None)


class StaffCreationForm(_EditedBy, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | OWN_FIELDS
        widgets = UserCreationForm.Meta.widgets | _DATES

    def save(self, commit: bool = True) -> Any:
        """The new person. They choose their own password by “Forgotten your password?”."""
        self.instance.set_unusable_password()
        return super().save(commit)


class StaffEditForm(_EditedBy, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | OWN_FIELDS
        widgets = UserCreationForm.Meta.widgets | _DATES


class StaffCreateView(CreateView):
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "edited_by": self.request.user}

    def save_instance(self) -> Any:
        person = super().save_instance()
        record_event(actor=self.request.user, action="staff.added", about=person)
        return person


class StaffEditView(EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "edited_by": self.request.user}

    def save_instance(self) -> Any:
        before = set(self.object.groups.values_list("name", flat=True))
        address = type(self.object).objects.get(pk=self.object.pk).email
        person = super().save_instance()
        if person.email != address:
            record_event(actor=self.request.user, action="staff.address_changed", about=person)
            tell_old_address(address)
        after = set(person.groups.values_list("name", flat=True))
        if before != after:
            record_event(
                actor=self.request.user,
                action="staff.roles_changed",
                about=person,
                reason=f"now: {', '.join(sorted(after)) or 'none'}",
            )
        return person


class StaffViewSet(UserViewSet):
    add_view_class = StaffCreateView
    edit_view_class = StaffEditView
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[forms.Form]:
        return StaffEditForm if for_update else StaffCreationForm
