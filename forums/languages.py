"""Five languages in one conversation: their names in a sentence, and what a member wants to see of the others."""

from dataclasses import dataclass

from django.db.models import Subquery
from django.utils.translation import pgettext_lazy

from forums.models import ReadingLanguages

# Translators: names of languages within a sentence, as in "A post in Greek".
NAMES = {
    "en": pgettext_lazy("language in a sentence", "English"),
    "it": pgettext_lazy("language in a sentence", "Italian"),
    "el": pgettext_lazy("language in a sentence", "Greek"),
    "hu": pgettext_lazy("language in a sentence", "Hungarian"),
    "sv": pgettext_lazy("language in a sentence", "Swedish"),
    "ar": pgettext_lazy("language in a sentence", "Arabic"),
}


@dataclass(frozen=True)
class Choice:
    """What she is shown of other languages; `languages` are those she reads."""

    show: str
    languages: tuple

    def folds(self, language):
        return self.show != ReadingLanguages.Show.ALL and language not in self.languages

    def only(self, threads):
        """`threads` for a list: those in her languages, if she wants no others."""
        return threads.filter(language__in=self.languages) if self.show == ReadingLanguages.Show.MINE else threads

    @property
    def label(self):
        return ReadingLanguages.Show(self.show).label


def with_reading_languages(rows, user):
    """Forums or threads with `reads_show` and `reads_languages` of a member: no statement more."""
    hers = ReadingLanguages.objects.filter(user=user)
    return rows.annotate(**{f"reads_{name}": Subquery(hers.values(name)[:1]) for name in ("show", "languages")})


def choice_in(row):
    """Her Choice, of a row that has been through with_reading_languages."""
    return Choice(row.reads_show or ReadingLanguages.Show.ALL, tuple((row.reads_languages or "").split()))


def choice_of(user):
    """Her Choice; at first everything, and the language of her account as hers. One query."""
    row = ReadingLanguages.objects.filter(user=user).first()
    return (
        Choice(row.show, tuple(row.languages.split())) if row else Choice(ReadingLanguages.Show.ALL, (user.language,))
    )


def keep_choice(*, user, show, languages):
    values = {"show": show, "languages": " ".join(languages)}
    ReadingLanguages.objects.update_or_create(user=user, defaults=values)
