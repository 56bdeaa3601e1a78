"""Pictures that carry nothing but the picture: no camera data, no file name of somebody's."""

import io
import uuid
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from PIL import Image as PillowImage
from PIL import ImageOps
from wagtail.images.models import AbstractImage, AbstractRendition, Image


def without_metadata(content: bytes) -> bytes:
    """The same picture, turned upright, without EXIF, comments or colour profiles of a device."""
    picture = PillowImage.open(io.BytesIO(content))
    form = {"MPO": "JPEG"}.get(picture.format or "", picture.format or "PNG")
    upright = ImageOps.exif_transpose(picture)
    bare = PillowImage.new(upright.mode, upright.size)
    bare.paste(upright)
    if upright.mode == "P" and upright.palette is not None:
        bare.putpalette(upright.palette)
    kept: dict[str, Any] = {"quality": 90} if form == "JPEG" else {}
    if "transparency" in upright.info and form in ("PNG", "GIF"):
        kept["transparency"] = upright.info["transparency"]
    out = io.BytesIO()
    bare.save(out, format=form, **kept)
    return out.getvalue()


def is_named_after(title: str, file_name: str) -> bool:
    """Whether a title is only the name of the uploaded file, as the desk proposes it."""
    return title.strip() in (file_name, PurePath(file_name).stem)


class PortalImage(AbstractImage):
    """An uploaded picture, renamed and cleaned before it is stored."""

    admin_form_fields = Image.admin_form_fields

    def get_upload_to(self, filename: str) -> str:
        return f"original_images/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        upload: Any = getattr(self, "file")  # noqa: B009
        if upload and not upload._committed and not self.is_svg():
            title: str = getattr(self, "title")  # noqa: B009
            if is_named_after(title, PurePath(upload.name).name):
                setattr(self, "title", "Picture without a title")  # noqa: B010
            upload.open()
            clean = ContentFile(without_metadata(upload.read()), name=upload.name)
            setattr(self, "file", clean)  # noqa: B010
            self.file_size = clean.size
        super().save(*args, **kwargs)


class PortalRendition(AbstractRendition):
    """One size of a picture; served by a view that asks who is looking."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition"
            )
        ]
