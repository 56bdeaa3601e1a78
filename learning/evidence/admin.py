"""The register of evidence notes in the editors' desk, for the QA office."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import CreateView, EditView, HistoryView, InspectView

from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.evidence.models import EvidenceNote
from learning.evidence.permissions import EvidencePermissionHelper


class LoggedAccessMixin:
    """Each look at a note goes into the access log, and so does each refusal."""

    permission_helper: Any
    instance: EvidenceNote

    def check_action_permitted(self, user: Any) -> bool:
        permitted = bool(super().check_action_permitted(user))  # type: ignore[misc]
        record_access(
            user=user,
            action=AccessEvent.Action.VIEWED if permitted else AccessEvent.Action.REFUSED,
            about=self.instance,
        )
        return permitted


class NoteEditView(LoggedAccessMixin, EditView):
    def form_valid(self, form: Any) -> HttpResponse:
        record_access(
            user=self.request.user, action=AccessEvent.Action.CHANGED, about=self.instance
        )
        return super().form_valid(form)


class NoteInspectView(LoggedAccessMixin, InspectView):
    pass


class NoteCreateView(CreateView):
    def get_instance(self) -> EvidenceNote:
        note = super().get_instance()
        note.written_by = self.request.user
        return note

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        record_access(
            user=self.request.user, action=AccessEvent.Action.CHANGED, about=self.instance
        )
        return answer


class NoteHistoryView(HistoryView):
    """modeladmin's own history view asks nobody; this one asks the permission helper."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.permission_helper.user_can_inspect_obj(request.user, self.instance):
            record_access(user=request.user, action=AccessEvent.Action.REFUSED, about=self.instance)
            raise PermissionDenied
        record_access(user=request.user, action=AccessEvent.Action.VIEWED, about=self.instance)
        return super().dispatch(request, *args, **kwargs)


class EvidenceNoteAdmin(ModelAdmin):
    """List, write and look; nothing here deletes, exports or searches the text."""

    model = EvidenceNote
    base_url_path = "evidence-notes"
    menu_label = "Evidence notes"
    menu_icon = "lock"
    menu_order = 290
    list_display = ("__str__", "page", "updated_at")
    list_select_related = ("page",)
    list_export = ()
    inspect_view_enabled = True
    inspect_view_fields = ("page", "audit_references", "note", "updated_at")
    permission_helper_class = EvidencePermissionHelper
    create_view_class = NoteCreateView
    edit_view_class = NoteEditView
    inspect_view_class = NoteInspectView
    history_view_class = NoteHistoryView
    panels = [
        PageChooserPanel("page"),
        FieldPanel("audit_references"),
        FieldPanel("note"),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[EvidenceNote]:
        return EvidenceNote.objects.visible_to(request.user).select_related("page")
