"""Files are shown to those who may read a live page that uses them, and to nobody else."""

import mimetypes
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import models
from django.http import FileResponse, Http404, HttpRequest
from wagtail.documents import permissions as document_permissions
from wagtail.images import permissions as image_permissions
from wagtail.models import Page, ReferenceIndex

from audit_pages.media.models import PortalImage, PortalRendition
from audit_pages.publishing.readers import visible_to


def user_keeps_files(user: Any, file: models.Model) -> bool:
    """Whether the person chooses or changes files in the desk. Groups hold this by collection."""
    permissions = image_permissions if isinstance(file, PortalImage) else document_permissions
    policy: Any = permissions.permission_policy
    return policy.user_has_any_permission_for_instance(user, ["change", "choose"], file)


def user_may_see_file(user: Any, file: models.Model) -> bool:
    """Whether some live page that this person may read uses the picture or document."""
    if user_keeps_files(user, file):
        return True
    references = ReferenceIndex.get_references_to(file)
    page_type = ContentType.objects.get_for_model(Page)
    page_ids = references.filter(base_content_type=page_type).values_list("object_id", flat=True)
    return visible_to(user, Page.objects.filter(pk__in=[int(pk) for pk in page_ids])).exists()


def serve_image(request: HttpRequest, path: str) -> FileResponse:
    """The picture file at this path; 404 for whoever may not see it, as for what is not there."""
    rendition = PortalRendition.objects.filter(file=path).select_related("image").first()
    image = rendition.image if rendition else PortalImage.objects.filter(file=path).first()
    if image is None or not user_may_see_file(request.user, image):
        raise Http404
    if not default_storage.exists(path):
        raise Http404
    kind, _ = mimetypes.guess_type(path)
    return FileResponse(default_storage.open(path), content_type=kind or "application/octet-stream")


def refuse_unused_document(document: Any, request: HttpRequest) -> None:
    """Hook `before_serve_document`: 404 unless the reader may see a live page that uses it."""
    if not user_may_see_file(request.user, document):
        raise Http404
