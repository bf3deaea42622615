"""Words of the staff's pages."""

from django import template

from hub.accounts import roles

register = template.Library()


@register.filter
def role_words(group_name):
    """A role in words; a number, such as how many cards were made, stays as it is."""
    return roles.role_words(str(group_name))
