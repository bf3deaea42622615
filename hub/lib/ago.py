"""How long ago something was, in words."""

from django.utils.translation import gettext, ngettext_lazy

# Whole sentences per unit: languages such as Hungarian bend the unit itself, so that nothing may be put together from parts.
UNITS = [
    (31_536_000, ngettext_lazy("%(count)d year ago", "%(count)d years ago", "count")),
    (2_592_000, ngettext_lazy("%(count)d month ago", "%(count)d months ago", "count")),
    (86_400, ngettext_lazy("%(count)d day ago", "%(count)d days ago", "count")),
    (3_600, ngettext_lazy("%(count)d hour ago", "%(count)d hours ago", "count")),
    (60, ngettext_lazy("%(count)d minute ago", "%(count)d minutes ago", "count")),
]


def ago(seconds):
    """`seconds` in the past, in the one largest unit that fits: `just now`, `3 days ago`. One unit is enough for a reader."""
    for size, words in UNITS:
        if seconds >= size:
            return words % {"count": seconds // size}
    return gettext("just now")
