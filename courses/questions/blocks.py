"""The blocks that ask: questions on facts, the quiz that draws from them, and the look at oneself before and after.

The names of the kinds are those of courses/questions/kinds.py and of the text files.
"""

from itertools import takewhile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from courses.block_base import TO_DO, FixedCharBlock, KitBlock, inline
from courses.questions.fold import fold, parse_number


class AskingBlock(KitBlock):
    """What every question may have around it. The fields of a kind stand between the question and the explanation.

    What came later has a default: a question that was kept without it has to be read, and translated, as well.
    """

    situation = blocks.TextBlock(label=_("situation, told before the question"), required=False, default="")
    picture = ImageChooserBlock(label=_("picture"), required=False)
    picture_alt = blocks.CharBlock(label=_("what it shows, for those who cannot see it"), required=False, default="")
    prompt = blocks.TextBlock(label=_("question"))
    hint = blocks.TextBlock(label=_("hint, opened on demand"), required=False, default="")
    explanation = inline(label=_("explanation, shown with the right answer"), required=False)

    def clean(self, value):
        value = super().clean(value)
        if value["picture"] and not value["picture_alt"]:
            error = ValidationError(_("Say what the picture shows."))
            raise StructBlockValidationError({"picture_alt": error})
        return value


def feedback(label=None, **kwargs):
    return blocks.TextBlock(label=label or _("what the reader sees while it is not all right yet"), **kwargs)


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("answer"))
    correct = blocks.BooleanBlock(label=_("right"), required=False)
    feedback = feedback(_("what the reader sees after choosing it"))


class QuestionBlock(AskingBlock):
    several = blocks.BooleanBlock(label=_("several answers are right"), required=False)
    options = blocks.ListBlock(OptionBlock(), label=_("answers"), min_num=2)

    def find_faults(self, value):
        right = sum(option["correct"] for option in value["options"])
        if not right:
            return {"options": _("Mark at least one answer as right.")}
        if right > 1 and not value["several"]:
            return {"several": _("More than one answer is marked as right: tick this box, or leave one.")}
        return {}

    class Meta:
        icon = "help"
        label = _("Self-check question")
        description = _("A question on facts with right answers and feedback that teaches.")
        group = TO_DO
        sample = "question"
        template = "courses/blocks/question.html"
        form_layout = ["situation", "picture", "picture_alt", "prompt", "several", "options", "hint", "explanation"]


class TrueFalseBlock(AskingBlock):
    correct = blocks.BooleanBlock(label=_("the sentence is true"), required=False)
    feedback_true = feedback(_("what the reader sees after choosing “True”"))
    feedback_false = feedback(_("what the reader sees after choosing “False”"))

    class Meta:
        icon = "circle-check"
        label = _("True or false")
        description = _("A sentence that is true or not, with feedback on both answers.")
        group = TO_DO
        sample = "true_false"
        template = "courses/blocks/asking.html"
        form_layout = [
            "situation",
            "picture",
            "picture_alt",
            "prompt",
            "correct",
            "feedback_true",
            "feedback_false",
            "hint",
            "explanation",
        ]


class PairBlock(blocks.StructBlock):
    left = blocks.CharBlock(label=_("this"))
    right = blocks.CharBlock(label=_("belongs to this"))


class MatchBlock(AskingBlock):
    pairs = blocks.ListBlock(PairBlock(), label=_("pairs"), min_num=2)
    extras = blocks.ListBlock(
        blocks.CharBlock(), label=_("more answers, which belong to nothing"), default=[], min_num=0
    )
    feedback = feedback()

    def find_faults(self, value):
        rights = {fold(pair["right"]) for pair in value["pairs"]}
        if len(rights) < 2:
            return {"pairs": _("Two different answers are needed, or there is nothing to choose.")}
        if rights & {fold(text) for text in value["extras"]}:
            return {"extras": _("One of these is also the right answer of a pair: change it or remove it.")}
        if len({fold(pair["left"]) for pair in value["pairs"]}) < len(value["pairs"]):
            return {"pairs": _("Two pairs begin with the same text: change one.")}
        return {}

    class Meta:
        icon = "link"
        label = _("Pairs to match")
        description = _("Each line gets the text that belongs to it, chosen from a list.")
        group = TO_DO
        sample = "match"
        template = "courses/blocks/asking.html"
        form_layout = [
            "situation",
            "picture",
            "picture_alt",
            "prompt",
            "pairs",
            "extras",
            "feedback",
            "hint",
            "explanation",
        ]


class OrderBlock(AskingBlock):
    items = blocks.ListBlock(blocks.CharBlock(), label=_("lines, in the right order"), min_num=2)
    feedback = feedback()

    def find_faults(self, value):
        if len({fold(text) for text in value["items"]}) < len(value["items"]):
            return {"items": _("Two lines say the same, so that nobody can put them in order: change one.")}
        return {}

    class Meta:
        icon = "order"
        label = _("Lines to put in order")
        description = _("The reader gives each line its place. The page mixes them.")
        group = TO_DO
        sample = "order"
        template = "courses/blocks/asking.html"
        form_layout = ["situation", "picture", "picture_alt", "prompt", "items", "feedback", "hint", "explanation"]


class ShortAnswerBlock(AskingBlock):
    accepted = blocks.ListBlock(
        blocks.CharBlock(),
        label=_("accepted answers"),
        min_num=1,
        help_text=_("Capital letters, accents, blanks and a full stop make no difference."),
    )
    feedback = feedback()

    def find_faults(self, value):
        if any(not any(char.isalnum() for char in text) for text in value["accepted"]):
            return {"accepted": _("An answer needs a letter or a digit.")}
        return {}

    class Meta:
        icon = "keyboard"
        label = _("Short answer")
        description = _("A word or two to write, compared with the answers that you accept.")
        group = TO_DO
        sample = "short_answer"
        template = "courses/blocks/asking.html"
        form_layout = ["situation", "picture", "picture_alt", "prompt", "accepted", "feedback", "hint", "explanation"]


class NumericBlock(AskingBlock):
    answer = FixedCharBlock(label=_("right number"), max_length=40)
    tolerance = FixedCharBlock(
        label=_("how far it may be off"),
        max_length=40,
        default="0",
        help_text=_("With 0 only the exact number is right."),
    )
    unit = FixedCharBlock(
        label=_("unit"),
        required=False,
        max_length=20,
        help_text=_("Shown behind the field; the reader may leave it out."),
    )
    feedback = feedback()

    def find_faults(self, value):
        if parse_number(value["answer"]) is None:
            return {"answer": _("This is not a number.")}
        tolerance = parse_number(value["tolerance"])
        if tolerance is None or tolerance < 0:
            return {"tolerance": _("Write 0 or a number above 0.")}
        return {}

    class Meta:
        icon = "decimal"
        label = _("Number to find")
        description = _("A number to work out, with the tolerance that you allow.")
        group = TO_DO
        sample = "numeric"
        template = "courses/blocks/asking.html"
        form_layout = [
            "situation",
            "picture",
            "picture_alt",
            "prompt",
            "answer",
            "tolerance",
            "unit",
            "feedback",
            "hint",
            "explanation",
        ]


def bank_choices():
    """[(translation key, title)] of the question banks, the English titles where there are some."""
    from courses.models import QuestionBank  # the models are made of blocks

    banks = QuestionBank.objects.select_related("locale").order_by("title")
    titles = {
        str(bank.translation_key): bank.title for bank in sorted(banks, key=lambda b: b.locale.language_code == "en")
    }
    return list(titles.items())


class QuizBlock(KitBlock):
    title = blocks.CharBlock(label=_("title"))
    intro = blocks.TextBlock(label=_("introduction"), required=False)
    draw = blocks.IntegerBlock(
        label=_("how many questions are drawn"), default=0, min_value=0, max_value=50, help_text=_("0: all of them.")
    )
    pass_mark = blocks.IntegerBlock(
        label=_("how many must be right"), default=0, min_value=0, max_value=50, help_text=_("0: all that are drawn.")
    )
    bank = blocks.ChoiceBlock(
        label=_("question bank"),
        required=False,
        choices=bank_choices,
        help_text=_("Without a bank the questions that stand right after this block are used."),
    )

    def find_faults(self, value):
        if value["draw"] and value["pass_mark"] > value["draw"]:
            return {"pass_mark": _("More answers must be right than questions are drawn.")}
        return {}

    class Meta:
        icon = "list-ul"
        label = _("Quiz")
        description = _("Several questions that belong together: those that follow, or a draw from a bank.")
        group = TO_DO
        sample = "quiz"
        template = "courses/blocks/quiz.html"


class AssessmentBlock(KitBlock):
    """The block of the moment “after” has no statements of its own: it takes those of “before” with the same topic."""

    topic = FixedCharBlock(label=_("topic, the same code before and after"), max_length=40)
    moment = blocks.ChoiceBlock(
        label=_("when"), choices=[("before", _("before")), ("after", _("after"))], default="before"
    )
    title = blocks.CharBlock(label=_("title"))
    intro = blocks.TextBlock(label=_("introduction"), required=False)
    statements = blocks.ListBlock(blocks.CharBlock(), label=_("statements"), default=[], min_num=0)
    scale = blocks.ListBlock(blocks.CharBlock(), label=_("answers, from one end to the other"), default=[], min_num=0)

    def find_faults(self, value):
        if value["moment"] == "after":
            filled = [name for name in ("statements", "scale") if len(value[name])]
            return {
                name: _("Leave this empty: they are taken from the block before with this topic.") for name in filled
            }
        if not len(value["statements"]):
            return {"statements": _("Write at least one statement.")}
        if not 3 <= len(value["scale"]) <= 7:
            return {"scale": _("Write three to seven answers.")}
        return {}

    class Meta:
        icon = "resubmit"
        label = _("Before and after")
        description = _("Statements about oneself, once before and once after. Never a score; nobody else sees them.")
        group = TO_DO
        sample = "assessment"
        template = "courses/blocks/assessment.html"


QUESTION_BLOCKS = [
    ("question", QuestionBlock()),
    ("true_false", TrueFalseBlock()),
    ("match", MatchBlock()),
    ("order", OrderBlock()),
    ("short_answer", ShortAnswerBlock()),
    ("numeric", NumericBlock()),
]
QUIZ_BLOCKS = [("quiz", QuizBlock())]
ASSESSMENT_BLOCKS = [("assessment", AssessmentBlock())]


class LessonBody(blocks.StreamBlock):
    """The blocks of a lesson. A quiz needs its questions, or nobody could pass it and complete the module."""

    def clean(self, value):
        value = super().clean(value)
        faults = {place: fault for place in range(len(value)) if (fault := quiz_fault(value, place))}
        if faults:
            raise StreamBlockValidationError(block_errors=faults)
        return value


def quiz_fault(value, place):
    """What is wrong with the quiz at this place, as an error of its fields; None of any other block."""
    if value[place].block_type != "quiz" or value[place].value["bank"]:
        return None
    draw, pass_mark = value[place].value["draw"], value[place].value["pass_mark"]
    there = sum(1 for _block in takewhile(is_question, list(value)[place + 1 :]))
    if not there:
        return field_fault("bank", _("Put questions straight after this block, or choose a question bank."))
    if draw > there:
        return field_fault("draw", _("Fewer questions stand straight after this block."))
    if pass_mark > there:
        return field_fault("pass_mark", _("More answers must be right than questions are drawn."))
    return None


def is_question(block):
    return block.block_type in dict(QUESTION_BLOCKS)


def field_fault(name, text):
    return StructBlockValidationError({name: ValidationError(text)})
