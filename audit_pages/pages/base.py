"""What every page of the portal has: who answers for it, how fresh it is, its parts, its record."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction, Workflow
from wagtail.rich_text import expand_db_html

from audit_pages import panels
from audit_pages.pages.around import Neighbour, PageAround, beside, pages_around
from audit_pages.publishing import readers
from audit_pages.publishing.permissions import FourEyesPermissionTester
from audit_pages.publishing.records import PublishedRecord, Section
from audit_pages.publishing.services import require_approval
from audit_pages.publishing.submitting import PublishedPageForm
from audit_pages.publishing.workflows import ONE_STEP
from learning.vocabulary.models import Theme

_BLOCK_END = re.compile(
    r"</(p|li|h\d|tr|div|blockquote|dd|dt|figcaption)>|<br\s*/?>", re.IGNORECASE
)


_PLAINLY_TEXT = re.compile(r"(?:^|>)[^<&]*\w")


def has_text(html: str) -> bool:
    """Whether any words stand in the rich text, and not markup alone."""
    return bool(_PLAINLY_TEXT.search(html) or text_of(html))


def text_of(html: str) -> str:
    """Rich text as plain words, one line a paragraph."""
    import html as html_module

    spaced = _BLOCK_END.sub("\n", html)
    lines = (
        " ".join(line.split()) for line in html_module.unescape(strip_tags(spaced)).split("\n")
    )
    return "\n".join(line for line in lines if line)


@dataclass(frozen=True)
class PagePart:
    """One headed part of a page as it is shown; `anchor` is the heading's id."""

    anchor: str
    heading: str
    html: str
    template: str = ""
    value: Any = None


class PublishedPage(Page):
    """The part that all our pages share. Read by signed-in staff; published by a second person."""

    base_form_class = PublishedPageForm
    kind: ClassVar[str] = ""
    kind_label: ClassVar[str] = ""
    in_search: ClassVar[bool] = True
    rich_parts: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Rich text fields in the order of the page: (field name, heading)."""
    introduction: Any = ""
    aim_list: Any = ()
    source_label: Any = ""
    """What the template shows of those types that have it."""

    summary = models.TextField(
        max_length=400,
        blank=True,
        help_text="One or two sentences that say the learning itself. Shown in lists and results.",
    )
    themes = ParentalManyToManyField(
        Theme,
        blank=True,
        related_name="pages",
        help_text="What the page is about. It is found, counted and shown by these.",
    )
    content_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who answers for this page. Empty: whoever answers for the section above it.",
    )
    contact = models.CharField(
        max_length=200,
        blank=True,
        help_text="A team or shared mailbox for questions. Empty: as the section above says.",
    )
    reviewed_on = models.DateField(
        "last reviewed",
        null=True,
        blank=True,
        help_text="When somebody last read the whole page and found it right. Correcting a typing "
        "mistake is not a review: leave the date as it is.",
    )
    review_due_on = models.DateField(
        "review due",
        null=True,
        blank=True,
        help_text="After this day the page tells its readers that its review is overdue.",
    )

    is_creatable = False
    private_page_options = ["login", "groups"]
    show_in_menus_default = False

    class Meta:
        verbose_name = "published page"

    # --- Publishing ---------------------------------------------------------------------------
    def permissions_for_user(self, user: Any) -> FourEyesPermissionTester:
        return FourEyesPermissionTester(user, self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A page begins as a draft, however it was made: only `publish` makes it live."""
        if self._state.adding:
            self.live = False
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, overwrite_revision: Any = None, **kwargs: Any) -> Any:
        """A new revision, always: words that somebody has checked or is reading are not exchanged
        under the same number. Wagtail overwrites for its autosave only, which is off."""
        return super().save_revision(*args, **kwargs)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Make an approved revision live, now or on its date. Raises `NotApproved` for any other."""
        require_approval(revision)
        return super().publish(revision, *args, **kwargs)

    workflow_name: ClassVar[str] = ONE_STEP
    needs_consent: ClassVar[bool] = False  # tells of one worker's work, and so needs their yes

    def get_workflow(self) -> Workflow | None:
        """By the type of page, wherever it stands: moving it does not weaken it."""
        return Workflow.objects.active().filter(name=self.workflow_name).first()

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    def get_view_restrictions(self) -> Any:
        """Wagtail's privacy settings; none left to ask when the portal's own hook has asked them."""
        if getattr(self, "restrictions_were_asked", False):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    # --- Questions ----------------------------------------------------------------------------
    @classmethod
    def indexable(cls) -> models.QuerySet["PublishedPage"]:
        """Live pages of the types that are searched, in page order."""
        return (
            PublishedPage.objects.live().exact_type(*searched_page_types()).order_by("pk")
            if searched_page_types()
            else PublishedPage.objects.none()
        )

    @classmethod
    def find_live(cls, page_ids: Iterable[int]) -> list["PublishedPage"]:
        """Those of the pages that are live and of a searched type, each as its own class, with what
        their records need read at once."""
        live: Any = cls.indexable().filter(pk__in=list(page_ids))
        pages: list[PublishedPage] = list(live.specific())
        by_type: dict[type[PublishedPage], list[PublishedPage]] = {}
        for page in pages:
            by_type.setdefault(type(page), []).append(page)
        for model, alike in by_type.items():
            model.read_together(alike)
        return pages

    @classmethod
    def read_together(cls, pages: list[Any]) -> None:
        """Read for all of these pages at once what the record of each would ask for."""
        models.prefetch_related_objects(pages, "themes")

    @property
    def is_review_overdue(self) -> bool:
        return self.review_due_on is not None and self.review_due_on < timezone.localdate()

    @cached_property
    def pages_around(self) -> list[PageAround]:
        """The sections of the portal and the pages above this one, in tree order."""
        return pages_around(self.path or "", self.steplen)

    @property
    def pages_above(self) -> list[PageAround]:
        """Those above this one that are live: a section may be withdrawn, and its pages stay."""
        own = self.path or ""
        return [
            page
            for page in self.pages_around
            if page.live and page.path != own and own.startswith(page.path)
        ]

    @cached_property
    def _answering(self) -> tuple[str, str]:
        """The owner's name and the contact of this page, or of the nearest page above with one."""
        owner, contact = str(self.content_owner or ""), self.contact
        if not (owner and contact):
            for page in reversed(self.pages_above):
                owner = owner or page.owner
                contact = contact or page.contact
        return owner, contact

    @property
    def answering_owner(self) -> str:
        return self._answering[0]

    @property
    def answering_contact(self) -> str:
        return self._answering[1]

    # --- Parts --------------------------------------------------------------------------------
    def parts(self) -> Iterator[PagePart]:
        """The page's headed parts, in order; empty ones are left out."""
        for name, heading in self.rich_parts:
            html = getattr(self, name)
            if has_text(html):
                yield PagePart(name.replace("_", "-"), heading, expand_db_html(html))

    @cached_property
    def shown_parts(self) -> list[PagePart]:
        return list(self.parts())

    @cached_property
    def theme_list(self) -> list[Theme]:
        """The themes that are this page's own, confirmed."""
        return list(self.themes.all())

    def facts(self) -> list[tuple[str, str]]:
        """Short facts shown beside the title: (label, value)."""
        return []

    # --- Record -------------------------------------------------------------------------------
    def record_sections(self) -> tuple[Section, ...]:
        return tuple(Section(p.anchor, p.heading, text_of(p.html)) for p in self.parts())

    def record_facets(self) -> dict[str, Any]:
        """Further fields of the record that this type fills."""
        return {}

    def build_record(self, restrictions: list[PageViewRestriction]) -> PublishedRecord:
        """The page as others may index it, from its live fields only."""
        return PublishedRecord(
            page_id=self.pk,
            kind=self.kind,
            title=self.title,
            summary=self.summary,
            sections=self.record_sections(),
            url=self.get_url() or "",
            acl=readers.acl_of(self, restrictions),
            **{
                "themes": tuple(sorted(theme.code for theme in self.theme_list)),
                "published_at": self.last_published_at,
                "reviewed_at": start_of_day(self.reviewed_on),
                "dated_on": self.first_published_at.date() if self.first_published_at else None,
                **self.record_facets(),
            },
        )

    # --- Showing ------------------------------------------------------------------------------
    shown_with = "audit_pages/pages/published_page.html"

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return self.shown_with

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from audit_pages.reading.selectors import reader_state

        context = super().get_context(request, *args, **kwargs)
        context["breadcrumb_pages"] = self.pages_above
        request.pages_around = self.pages_around  # type: ignore[attr-defined]
        context["previous_page"], context["next_page"] = self.neighbours(request.user)
        context["is_preview"] = getattr(request, "is_preview", False)
        if request.user.is_authenticated and not context["is_preview"]:
            self.read_to_show()
            context.update(reader_state(page=self, user=request.user))
            context["related"] = panels.related_to(self, request.user) if self.in_search else []
        return context

    def read_to_show(self) -> None:
        """Read what showing the live page asks for, where its type can read it in fewer queries."""

    def neighbours(self, user: Any) -> tuple[Neighbour, Neighbour]:
        """The pages before and after this one in its series, if it stands in one."""
        return None, None

    def children_visible_to(self, user: Any) -> models.QuerySet[Any]:
        return readers.visible_to(user, self.get_children())

    # --- Editing ------------------------------------------------------------------------------
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("summary")]
    theme_panel = FieldPanel("themes", widget=forms.CheckboxSelectMultiple)
    promote_panels: ClassVar[list[Any]] = [
        FieldPanel("slug"),
        MultiFieldPanel(
            [
                HelpPanel(
                    "Owner and contact are inherited from the section above when they are left empty."
                ),
                FieldPanel("content_owner"),
                FieldPanel("contact"),
                FieldPanel("reviewed_on"),
                FieldPanel("review_due_on"),
            ],
            heading="Owner and review",
        ),
    ]


if TYPE_CHECKING:
    PageMixin = PublishedPage
else:
    PageMixin = object


class SeriesMixin(PageMixin):
    """A page that stands in a series with its siblings: previous and next, in tree order."""

    def neighbours(self, user: Any) -> tuple[Neighbour, Neighbour]:
        siblings = readers.visible_to(user, self.get_siblings().exact_type(type(self)))
        return beside(siblings.order_by("path"), self.pk)


class ListingMixin(PageMixin):
    """A page that lists the pages below it."""

    shown_with = "audit_pages/pages/index_page.html"
    page_size: ClassVar[int] = 25
    newest_first: ClassVar[bool] = False

    def listed(self, user: Any) -> Any:
        """Queryset of the pages to list, which the reader may see."""
        order = "-first_published_at" if self.newest_first else "path"
        return readers.visible_to(user, PublishedPage.objects.child_of(self)).order_by(order)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from django.core.paginator import Paginator

        context = super().get_context(request, *args, **kwargs)
        paginator = Paginator(self.listed(request.user), self.page_size)
        context["listing"] = paginator.get_page(request.GET.get("p"))
        return context


def searched_page_types() -> list[type[PublishedPage]]:
    """Every page type that has said it is searched."""
    found, waiting = [], [PublishedPage]
    while waiting:
        model = waiting.pop()
        waiting.extend(model.__subclasses__())
        if not model._meta.abstract and model is not PublishedPage and model.in_search:
            found.append(model)
    return found


def start_of_day(day: date | None) -> datetime | None:
    """The moment at which the day begins here; None when there is no day."""
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def quarter_start(quarter: str) -> date | None:
    """First day of `2026-Q3`; None when there is no quarter."""
    if not quarter:
        return None
    year, number = quarter.split("-Q")
    return date(int(year), 3 * int(number) - 2, 1)
