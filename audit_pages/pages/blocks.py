"""Blocks of guidance, training and other pages that are written freely."""

from wagtail.blocks import (
    CharBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class SectionBlock(StructBlock):
    """A heading and what stands under it."""

    heading = CharBlock(max_length=120)
    text = RichTextBlock(features=TEXT_FEATURES)

    class Meta:
        icon = "title"
        template = "audit_pages/blocks/section.html"


class BeforeAfterBlock(StructBlock):
    """Wording before and after, and why the second says more."""

    heading = CharBlock(max_length=120)
    before = TextBlock()
    after = TextBlock()
    why = TextBlock(
        help_text="What the second wording says about the child that the first does not."
    )

    class Meta:
        icon = "edit"
        template = "audit_pages/blocks/before_after.html"


class ScenarioBlock(StructBlock):
    """A fictional moment to think about, with questions."""

    heading = CharBlock(max_length=120, default="A moment to think about")
    text = RichTextBlock(features=TEXT_FEATURES)
    questions = ListBlock(TextBlock(), min_num=1)

    class Meta:
        icon = "group"
        template = "audit_pages/blocks/scenario.html"


class QuestionBlock(StructBlock):
    """One question of a set, what it listens for, and ways to ask further."""

    text = TextBlock()
    why = TextBlock(required=False, label="What it listens for")
    prompts = ListBlock(TextBlock(), default=[])


class QuestionsBlock(StructBlock):
    """A numbered list of questions."""

    heading = CharBlock(max_length=120, default="The questions")
    questions = ListBlock(QuestionBlock(), min_num=1)

    class Meta:
        icon = "help"
        template = "audit_pages/blocks/questions.html"


class ReflectionBlock(StructBlock):
    """Questions for oneself."""

    heading = CharBlock(max_length=120, default="Your reflection")
    questions = ListBlock(TextBlock(), min_num=1)

    class Meta:
        icon = "pick"
        template = "audit_pages/blocks/reflection.html"


class RuleBlock(StructBlock):
    """One ground rule."""

    heading = CharBlock(max_length=160)
    text = RichTextBlock(features=TEXT_FEATURES)

    class Meta:
        icon = "clipboard-list"
        template = "audit_pages/blocks/rule.html"


class PictureBlock(StructBlock):
    """A picture with the words for those who do not see it."""

    heading = CharBlock(max_length=120)
    image = ImageChooserBlock()
    alternative_text = CharBlock(max_length=250)
    caption = CharBlock(max_length=250, required=False)

    class Meta:
        icon = "image"
        template = "audit_pages/blocks/picture.html"


class BodyBlock(StreamBlock):
    """What the body of a freely written page may hold. Each block has a heading of its own."""

    section = SectionBlock()
    before_after = BeforeAfterBlock()
    scenario = ScenarioBlock()
    questions = QuestionsBlock()
    reflection = ReflectionBlock()
    rule = RuleBlock()
    picture = PictureBlock()
