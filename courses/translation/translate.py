"""The pages of the other languages: wagtail-localize's rows first, then each page from them."""

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationLog, TranslationSource

from courses.translation.flat import uuid_names
from courses.translation.ids import page_key
from courses.translation.publish import add_page, publish
from courses.translation.rows import current_translations, save_translations, translatable_strings
from courses.translation.settle import Verdict, mark, name_of, settle_at


class Translator:
    """Loads every page of one language after the other. `written` are the ids of the pages whose English changed."""

    def __init__(self, loader, written):
        self.loader, self.written = loader, written
        self.texts, self.memory, self.report = loader.texts, loader.memory, loader.report

    def load(self, language):
        self.locale = self.loader.locales[language]
        rows = Page.objects.filter(locale=self.locale, depth__gt=1).values_list("translation_key", "pk")
        self.pks = dict(rows)
        for unit, documents in self.texts.units().items():
            if unit in self.texts.data:
                continue
            catalog = self.texts.catalogs.get((language, unit))
            if catalog is None or not any(catalog.found.values()):
                self.report.notes.append(f"{unit}: no {language} text yet; its pages are not shown in that language")
                continue
            if catalog.missing:
                self.report.notes.append(
                    f"{catalog.path}: {catalog.missing} texts are not translated; they show English"
                )
            for document in documents:
                self.load_page(document, catalog, language)

    def load_page(self, document, catalog, language):
        key = page_key(document.id)
        strings = catalog.for_page(document.id)
        if document.id in self.loader.gone or (key not in self.pks and not self.may_be_made(document, key, language)):
            return
        if not strings and key not in self.pks:
            self.report.notes.append(f"{document.path}: no {language} text yet; this page is not made in that language")
            return
        with transaction.atomic():
            page = Page.objects.get(pk=self.pks[key]).specific if key in self.pks else None
            source = TranslationSource.objects.get(object_id=key, locale=self.loader.english)
            translation, _made = Translation.objects.get_or_create(source=source, target_locale=self.locale)
            if reason := left_alone(page, translation):
                self.report.kept.append(f"{document.path} ({language}): {reason}")
                return
            changed = self.load_strings(document, source, strings, language)
            if page is None or changed or not page.live or document.id in self.written:
                page = page or self.make_page(document, source)
                self.pks[key] = page.pk
                publish_translation(source, translation, self.locale, document)
                self.report.changed.append(f"{document.path} ({language})")
                self.loader.say(f"{document.path} ({language})")

    def may_be_made(self, document, key, language):
        if self.memory.knows(key, language):
            self.report.kept.append(f"{document.path} ({language}): an editor deleted this page; it stays deleted")
            return False
        return not document.parent or page_key(document.parent) in self.pks

    def load_strings(self, document, source, strings, language):
        """Merge the texts of the file into wagtail-localize's rows; True if a row changed."""
        key = page_key(document.id)
        base = self.memory.segments(key, language)
        english = self.memory.segments(key, "en")
        addresses = Addresses(document.id, document.flat, english)
        current = current_translations(source, self.locale)
        known, clashes = self.memory.known(key, language), self.loader.clashes
        wanted, left, remembered, taken = {}, [], {}, {}
        clashes.look(document.id, language)
        for (path, text), ids in translatable_strings(source).items():
            address = addresses.of(path)
            name = name_of(address, text)
            new = strings.get((address, text))
            old = current[ids].data if ids in current else None
            verdict = settle_at(name, old, new, base, known) if new is not None else None
            if verdict in {Verdict.SAME, Verdict.TAKEN}:
                wanted[ids], remembered[name], taken[name] = new, mark(new), new
                continue
            remembered |= {name: base[name]} if name in base else {}
            left += [name] if verdict else []
            if verdict is Verdict.CONFLICT:
                place = {"page_id": document.id, "language": language, "address": address, "english": text}
                clashes.add(key=key, name=name, theirs=new, **place)
        if left:
            self.report.kept.append(
                f"{document.path} ({language}): an editor changed {len(left)} texts; they were left alone"
            )
        changed = save_translations(self.locale, wanted, current)
        self.memory.put(key, language, document.id, remembered, taken, left)
        return changed

    def make_page(self, document, source):
        parent = self.pks.get(page_key(document.parent)) if document.parent else Page.get_first_root_node().pk
        return make_translated_page(source, self.locale, Page.objects.get(pk=parent), is_home=document.type == "home")


def make_translated_page(source, locale, parent, *, is_home=False):
    """The page in a language, still without its text and offline, beside its English one."""
    original = source.get_source_instance()
    page = type(original)(
        title=original.title,
        draft_title=original.title,
        slug=f"home-{locale.language_code}" if is_home else original.slug,
        locale=locale,
        translation_key=original.translation_key,
        live=False,
    )
    for name in ("aim", "lead", "hours", "country"):
        if hasattr(original, name):
            setattr(page, name, getattr(original, name))
    return add_page(parent, page)


class Addresses:
    """wagtail-localize's paths as the short addresses of the PO files."""

    def __init__(self, page_id, *named):
        self.names = uuid_names(page_id, *named)

    def of(self, path):
        """`body.<uuid>.items.<uuid>.title` as `steps.first.title`; a text without a name of its own is called text."""
        parts = path.split(".")
        if len(parts) == 1:
            return path
        parts = parts[1:]
        ids = [i for i, part in enumerate(parts) if len(part) == 36]
        short = [self.names.get(parts[i], parts[i]) for i in ids]
        last = parts[-1] if ids[-1] != len(parts) - 1 else "text"
        return ".".join([*short, last])


def left_alone(page, translation):
    """Why a translated page must not be touched, or None."""
    if not translation.enabled:
        return "an editor took this page out of translation; it was left alone"
    if page is not None and page.has_unpublished_changes and not is_untouched(page, translation):
        return "an editor has a draft of this page; it was left alone"
    return None


def is_untouched(page, translation):
    """Whether the page was made ready for translators (`add_language`) and nobody has translated a text of it since."""
    if page.first_published_at:
        return False
    texts = StringTranslation.objects.filter(locale_id=translation.target_locale_id)
    return not texts.filter(context__object_id=translation.source.object_id).exists()


def publish_translation(source, translation, locale, document):
    """Make the page anew from the translated rows, with English where one is missing, and publish it."""
    page = source.get_ephemeral_translated_instance(locale, fallback=True)
    if document.type == "home":
        page.slug = f"home-{locale.language_code}"
    page.draft_title = page.title
    revision = publish(page)
    TranslationLog.objects.create(source=source, locale=locale, revision=revision)
    Translation.objects.filter(pk=translation.pk).update(
        translations_last_updated_at=timezone.now(), destination_last_updated_at=timezone.now()
    )
