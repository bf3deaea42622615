"""Her words in parts and lessons that are there no more."""

from django.utils.translation import gettext_lazy as _

from courses.models import Answer, Enrolment, KitPage, LessonPage, LessonProgress

# More parts than any lesson has ever had: what is beyond comes from no page of ours.
PARTS_PER_LESSON = 100
ROOM = _("There is no room for more words in this lesson. They are still on this page; please copy them.")


def kit_of_lesson(user, lesson_key):
    """The key of the kit that a lesson is or was in, if she takes part in it; else None."""
    kit_key = kit_of_page(lesson_key) or kit_of_record(user, lesson_key)
    return kit_key if kit_key and Enrolment.objects.for_kit(user, kit_key).exists() else None


def kit_of_page(lesson_key):
    """Of a lesson that has a page still, in whatever language and whether it is on show or not."""
    page = LessonPage.objects.filter(translation_key=lesson_key).defer("body").first()
    kit = page and page.get_ancestors().type(KitPage).first()
    return kit and kit.translation_key


def kit_of_record(user, lesson_key):
    for model in (Answer, LessonProgress):
        if found := model.objects.filter(user=user, lesson_key=lesson_key).values_list("kit_key", flat=True).first():
            return found
    return Enrolment.objects.filter(user=user, last_lesson_key=lesson_key).values_list("kit_key", flat=True).first()


def too_many(user, lesson_key, block_id):
    blocks = Answer.objects.for_lesson(user, lesson_key).exclude(block_id=block_id).values("block_id").distinct()
    return blocks.count() >= PARTS_PER_LESSON
