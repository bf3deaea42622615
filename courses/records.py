"""What stays of learners when a page goes: how many have a record in it. Counts only, and never of few exactly."""

from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.models import Answer, Enrolment, KitPage, LessonProgress

FEW = 5


def people_with_records(page):
    """How many people have notes, marks or an enrolment in a page or below it. Two statements, whatever is below."""
    keys = list(Page.objects.descendant_of(page, inclusive=True).values_list("translation_key", flat=True))
    people = Enrolment.objects.filter(kit_key__in=keys).values_list("user_id")
    rows = [model.objects.filter(lesson_key__in=keys).values_list("user_id") for model in (Answer, LessonProgress)]
    return people.union(*rows).count()


def records_in_words(page):
    """What to say to whoever is about to move, unpublish or delete a page; empty when nobody has a record in it."""
    people = people_with_records(page)
    if not people:
        return ""
    if people < FEW:
        many = _("Fewer than 5 learners have notes or marks here or in a page below.")
    else:
        many = _("About %(number)s learners have notes or marks here or in a page below.")
        many %= {"number": people - people % FEW}
    return f"{many} {where_they_stay(page)}"


def where_they_stay(page):
    if isinstance(page.specific_deferred, KitPage):
        return _("While the kit is away, they find them under “My data”, not in a booklet.")
    return _("They keep them, in their booklet and in their own data, also when the page is gone.")
