"""Teams in the desk, beside the people in them (domain.md E7, row “Users, groups, settings”)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from learning.events.services import record_event
from learning.people.models import Team

KEPT = (
    "{team} is not deleted: people, cases or recommendations belong to it. Take the tick off “active” "
    "instead, and it can no longer be chosen."
)


class TeamForm(WagtailAdminModelForm):
    """A team. Its code is given once: lists that were loaded and downloads may speak of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = self.instance.pk is not None

    def clean_name(self) -> str:
        """The name with single spaces: a council's list is matched by it."""
        return " ".join(self.cleaned_data["name"].split())


class TeamCreateView(CreateView):
    def save_instance(self) -> Any:
        team = super().save_instance()
        record_event(actor=self.request.user, action="team.added", about=team)
        return team


class TeamEditView(EditView):
    def save_instance(self) -> Any:
        team = super().save_instance()
        if "is_active" not in self.form.changed_data:
            action = "team.changed"
        else:
            action = "team.made_active" if team.is_active else "team.made_inactive"
        record_event(actor=self.request.user, action=action, about=team)
        return team


class TeamViewSet(SnippetViewSet):
    """The list of teams with its forms, in the menu beside the users."""

    model = Team
    icon = "group"
    add_to_settings_menu = True
    menu_order = 610  # after “Users”
    add_view_class = TeamCreateView
    edit_view_class = TeamEditView
    copy_view_enabled = False
    list_display = ["name", "code", "service_area", "is_active"]
    list_filter = ["is_active", "service_area"]
    search_fields = ["name", "code", "service_area"]
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("name", "code", "service_area", "is_active")],
        base_form_class=TeamForm,
    )


def keep_used_teams(request: HttpRequest, things: list[Any]) -> HttpResponse | None:
    """Hook `before_delete_snippet`, one or many: back to the list with a sentence, or None to let go."""
    used = [thing for thing in things if isinstance(thing, Team) and thing.is_used]
    if not used:
        return None
    messages.error(request, KEPT.format(team=", ".join(map(str, used))))
    return redirect("wagtailsnippets_learning_team:list")
