"""The home page."""

from typing import Any, ClassVar

from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from audit_pages.pages.base import PublishedPage
from home.selectors import front_page


class HomePage(PublishedPage):
    """Where everybody's day starts: what is new, what waits for them, where things are."""

    kind, kind_label, in_search = "home", "Home", False
    is_creatable = True
    max_count = 1
    shown_with = "home/home_page.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    welcome = RichTextField(blank=True, help_text="A short welcome. Shown at the top.")
    content_panels: ClassVar[list[Any]] = [*PublishedPage.content_panels, FieldPanel("welcome")]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context.update(front_page(request.user))
        return context
