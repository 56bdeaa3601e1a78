"""One's own page in the desk, without what the portal does not keep."""

from typing import Any

from wagtail.admin.views.account import AvatarSettingsPanel


def take_out_pictures() -> None:
    """No pictures of colleagues: Wagtail would keep the file as it came, with its name, its place and
    its camera, and no view of ours serves it."""
    setattr(AvatarSettingsPanel, "is_active", _never)  # noqa: B010


def _never(panel: Any) -> bool:
    return False
