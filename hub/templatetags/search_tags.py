"""What a search knows besides: the lessons close to one."""

from django import template
from django.utils.translation import get_language

from hub.search import related

register = template.Library()


@register.inclusion_tag("search/related.html")
def related_lessons(lesson):
    return {"lessons": related.related_lessons(get_language(), lesson.key)}
