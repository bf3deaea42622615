"""Question banks and kits out as files, files into question banks: what a command or an editor asks for.

An import is planned first, from the file and the bank as it stands; carrying the plan out is one transaction.
"""

from dataclasses import dataclass, field
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from courses.models import KitPage, LessonPage, QuestionBank
from courses.questions.from_rows import items_of
from courses.questions.gift import read_gift
from courses.questions.into_rows import Writer
from courses.questions.items import Fault
from courses.questions.kinds import KINDS
from courses.questions.moodle_xml import read_xml
from courses.questions.pictures import BadPicture, digest, find_pictures, picture_type, save_picture
from courses.questions.texts import note, one_line
from courses.questions.write import write_gift, write_xml
from courses.translation.ids import NAMESPACE

LARGEST = 10_000_000  # bytes
FORMATS = {"gift": write_gift, "xml": write_xml}
SUFFIXES = {"gift": "gift.txt", "xml": "xml"}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


# Files -> items ------------------------------------------------------------------------------------


def detect_format(data):
    """gift or xml, from the first characters."""
    start = data[:400].decode("utf-16" if data.startswith(UTF_16) else "utf-8-sig", "ignore").lstrip("\ufeff \t\r\n")
    looks = start.startswith("<?xml") or start.lower().startswith(("<quiz", "<!doctype", "<!--"))
    # UTF-16 without its mark: every second byte is NUL.
    return "xml" if looks or data[:8].replace(b"\0", b"").startswith(b"<?xm") else "gift"


def read_file(data, format=None):
    """(Reading, format) of the bytes of a file. Raises Faults."""
    if len(data) > LARGEST:
        raise Fault(1, _("the file is larger than %(limit)d MB: please split it") % {"limit": LARGEST // 1_000_000})
    format = format or detect_format(data)
    return (read_xml(data) if format == "xml" else read_gift(decode(data))), format


def decode(data):
    """The text of a GIFT file: UTF-8, or UTF-16 with its mark."""
    encoding = "utf-16" if data.startswith(UTF_16) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Fault(line, _("this is not UTF-8: open the file in an editor and save it as UTF-8")) from None


# Items -> a bank -----------------------------------------------------------------------------------


@dataclass
class Plan:
    """What an import would do. `questions` are (item, new | changed | same); `languages` {code: questions in it}."""

    title: str
    key: UUID
    format: str
    questions: list
    left_out: list
    languages: dict
    strangers: list  # languages of the file that the hub has not
    rows: dict  # {language: blocks}
    changed: set = field(default_factory=set)  # languages whose row is to be written
    pictures: dict = field(default_factory=dict)  # {digest: Picture}, not kept yet

    def count(self, state):
        return sum(1 for _item, found in self.questions if found == state)


def plan_import(data, *, title, format=None, language="en"):
    """Reads a file against the bank called `title`, which need not be there. Changes nothing. Raises Faults."""
    reading, format = read_file(data, format)
    for item in reading.items:
        check_picture(item)
    spoken = {code for item in reading.items for code in item.languages()}
    hub = [code for code, _name in settings.LANGUAGES]
    told = {language, *(code for code in hub if code in spoken)}
    key, rows = bank_rows(title)
    first = language if language in rows or not rows else "en" if "en" in rows else next(iter(rows))
    before = {code: [dict(block) for block in blocks] for code, blocks in rows.items()}
    start_rows(rows, {*told, first}, first)
    pictures = {digest(item.picture): item.picture for item in reading.items if item.picture}
    writer = Writer(key, rows, first, told, format == "xml", known := find_pictures(pictures))
    questions = [(item, writer.put(item)) for item in reading.items]
    return Plan(
        title,
        key,
        format,
        questions,
        reading.left_out,
        {code: sum(speaks(item, code, language) for item in reading.items) for code in hub if code in told},
        sorted(spoken - set(hub)),
        rows,
        {code for code in rows if rows[code] != before.get(code)},
        {sha: picture for sha, picture in pictures.items() if sha not in known},
    )


def speaks(item, code, language):
    """Whether a question is asked in `code`; what names no language is in `language`."""
    asked = item.prompt or item.body
    return code in asked or (code == language and "" in asked)


def check_picture(item):
    if item.picture is None:
        return
    try:
        picture_type(item.picture.data)
    except BadPicture as reason:
        note(
            item,
            _("the picture “%(name)s” was left out: %(why)s")
            % {"name": one_line(item.picture.name)[:60], "why": reason},
        )
        item.picture = None


def bank_rows(title):
    """(translation key, {language: blocks}) of the bank with this title; of a new one when there is none."""
    found = QuestionBank.objects.filter(title=title).order_by("pk").first()
    if found is None:
        key = uuid5(NAMESPACE, f"bank {title}")
        if QuestionBank.objects.filter(translation_key=key).exists():  # that bank was given another title
            key = uuid5(key, str(QuestionBank.objects.filter(title__startswith=title).count()))
        return key, {}
    return found.translation_key, rows_of(found.translation_key)


def rows_of(key):
    """{language: blocks} of a bank."""
    banks = QuestionBank.objects.filter(translation_key=key).select_related("locale").order_by("locale__language_code")
    return {bank.locale.language_code: bank.questions.get_prep_value() for bank in banks}


def start_rows(rows, languages, first):
    """A language that the bank did not have begins with what stands in the first one."""
    for code in sorted(languages, key=lambda code: code != first):
        if code not in rows:
            rows[code] = [dict(block) for block in rows.get(first, [])]


def put_pictures(rows, numbers):
    """The numbers of new images in the place of their digests."""
    for blocks in rows.values():
        for block in blocks:
            place = block["value"].get("picture") if isinstance(block["value"], dict) else None
            if isinstance(place, str):
                block["value"]["picture"] = numbers[place.removeprefix("sha1:")]


@transaction.atomic
def carry_out(plan):
    """Writes what `plan` says."""
    put_pictures(plan.rows, {sha: save_picture(picture) for sha, picture in plan.pictures.items()})
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    banks = {bank.locale_id: bank for bank in QuestionBank.objects.filter(translation_key=plan.key)}
    for code in sorted(plan.changed):
        locale = locales.get(code) or Locale.objects.create(language_code=code)
        bank = banks.get(locale.pk) or QuestionBank(title=plan.title, locale=locale, translation_key=plan.key)
        bank.questions = QuestionBank._meta.get_field("questions").to_python(plan.rows[code])
        bank.save()


# Out -----------------------------------------------------------------------------------------------


def export_questions(*, bank=None, kit=None, format="gift"):
    """The text of a file with the questions of a bank (a translation key), of a kit (its slug), or of all banks."""
    if kit:
        groups = kit_groups(kit)
    else:
        groups = [bank_group(key) for key in ([bank] if bank else bank_keys())]
    return FORMATS[format](groups)


def bank_keys():
    """The translation keys of all banks, by title."""
    return list(dict.fromkeys(QuestionBank.objects.order_by("title", "pk").values_list("translation_key", flat=True)))


def bank_group(key):
    """(title, items)."""
    banks = QuestionBank.objects.filter(translation_key=key).select_related("locale")
    first = min(banks, key=lambda bank: (bank.locale.language_code != "en", bank.pk))
    return first.title, items_of(rows_of(key), first.locale.language_code)


def kit_groups(slug):
    """(title of a lesson, items) of each lesson of a kit that asks something. Raises KitPage.DoesNotExist."""
    kit = KitPage.objects.filter(slug=slug).order_by("locale_id").first()
    english = KitPage.objects.filter(slug=slug, locale__language_code="en").first() or kit
    if english is None:
        raise KitPage.DoesNotExist(slug)
    groups = []
    for lesson in LessonPage.objects.live().descendant_of(english).order_by("path"):
        rows = lesson_rows(lesson)
        first = english.locale.language_code
        if rows[first]:
            groups.append((lesson.title, items_of(rows, first)))
    return groups


def lesson_rows(lesson):
    """{language: the blocks of a lesson that ask about facts}."""
    pages = LessonPage.objects.live().filter(translation_key=lesson.translation_key).select_related("locale")
    return {
        page.locale.language_code: [block for block in page.body.get_prep_value() if block["type"] in KINDS]
        for page in pages
    }
