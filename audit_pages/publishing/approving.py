"""Approving in the editor: the words as they stand, never the form that they are shown in.

The editor's form comes back slightly different from what was stored (keys of rich text, empty
paragraphs), and Wagtail would keep that as a new revision by whoever approves: the second person
became a writer and was refused.
"""

import json
import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page

from audit_pages.publishing.models import SecondPersonTask

_KEYS = re.compile(r' data-block-key=\\"[^"\\]*\\"')


def approve_as_it_stands(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Approves the stored revision and leads to “My work”; nothing when another step was asked for.

    Whoever changed the words keeps them as a draft instead, and is told that somebody else approves now.
    """
    asked = request.method == "POST" and "action-workflow-action" in request.POST
    if not asked or request.POST.get("workflow-action-name") != "approve":
        return None
    task = page.current_workflow_task
    if not isinstance(task, SecondPersonTask):
        return None
    if _changes_words(request, page):
        sent = request.POST.copy()
        del sent["action-workflow-action"]
        request.POST = sent  # type: ignore[assignment]
        messages.warning(
            request,
            "You changed the words, so this is not approved yet. Your changes are kept as a draft, "
            "and somebody who did not write on the page approves it.",
        )
        return None
    extra = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
    try:
        task.on_action(page.current_workflow_task_state, request.user, "approve", **extra)
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
        return redirect("wagtailadmin_pages:edit", page.pk)
    messages.success(request, f"“{page.get_admin_display_title()}” is approved.")
    return redirect("my_work")


def _changes_words(request: HttpRequest, page: Page) -> bool:
    """Whether what was sent differs from the latest revision in what anybody could read."""
    stored = page.get_latest_revision_as_object()
    form_class = stored.get_edit_handler().get_form_class()
    form = form_class(
        request.POST,
        request.FILES,
        instance=page.get_latest_revision_as_object(),
        parent_page=page.get_parent(),
        for_user=request.user,
    )
    if not form.is_valid():
        return True
    return _readable(form.save(commit=False)) != _readable(stored)


def _readable(page: Any) -> str:
    text = json.dumps(page.serializable_data(), sort_keys=True, cls=DjangoJSONEncoder)
    return _KEYS.sub("", text).replace("<p></p>", "")
