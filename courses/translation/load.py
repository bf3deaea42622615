"""From text files to Wagtail: one transaction per page, parents first, never over an editor's change."""

from dataclasses import dataclass, field, replace

from django.apps import apps
from django.db import transaction
from wagtail.models import Locale, Page, Site

from courses.translation import freshness, state
from courses.translation.clashes import Clashes
from courses.translation.entries import load_data
from courses.translation.flat import marks, merge, remember
from courses.translation.hub import KINDS
from courses.translation.ids import page_key
from courses.translation.memory import Memory, Numbers, load_assets
from courses.translation.order import arrange
from courses.translation.publish import add_page, publish
from courses.translation.rows import sync_source
from courses.translation.stream import page_fields, read_page
from courses.translation.translate import Translator
from courses.translation.tree import languages


@dataclass
class Report:
    """`changed`: pages written; `kept`: one line per page left alone or partly so; `notes`: what else to know."""

    changed: list = field(default_factory=list)
    kept: list = field(default_factory=list)
    notes: list = field(default_factory=list)


def load_texts(texts, say=lambda line: None):
    """Bring `texts` (read and checked) into Wagtail. Returns a Report."""
    loader = Loader(texts, say)
    with freshness.paused():
        loader.run()
    freshness.recount()
    state.leave(texts.root, loader.memory)
    return loader.report


class Loader:
    def __init__(self, texts, say):
        self.texts, self.say, self.report = texts, say, Report()
        self.locales = ensure_locales()
        self.english = self.locales["en"]
        self.memory = Memory()
        self.clashes = Clashes(self.memory)
        self.numbers = Numbers(self.memory, texts.documents, self.english)
        self.gone, self.fresh = set(), set()

    def run(self):
        if made := load_assets(self.texts.root, self.texts.documents, self.numbers):
            self.say(f"pictures and files: {made}")
        for document in self.texts.documents.values():
            self.ensure_page(document)
        self.numbers.refresh()
        written = {document.id for document in self.texts.documents.values() if self.load_page(document)}
        translator = Translator(self, written)
        for language in languages():
            translator.load(language)
        arrange(self)
        withdraw_without_file(self)
        load_data(self)
        if count := self.clashes.save():
            self.report.notes.append(
                f"{count} texts were changed both in the hub and in the files; the hub's stay until somebody decides: "
                "/editor/texts/conflicts/"
            )

    # English ---------------------------------------------------------------------------------

    def ensure_page(self, document):
        """Make the page, empty, where there is none: links may lead to pages that come later."""
        key = page_key(document.id)
        if key in self.numbers.pk_by_key:
            return
        if self.memory.knows(key) or document.parent in self.gone:
            self.gone.add(document.id)
            self.report.kept.append(f"{document.path}: an editor deleted this page; it stays deleted")
            return
        with transaction.atomic():
            page = make_page(document, self.numbers, self.english)
        self.numbers.pk_by_key[key] = page.pk

    def load_page(self, document):
        """Bring one page up to its file; True if its translations must follow."""
        key = page_key(document.id)
        if document.id in self.gone:
            return False
        with transaction.atomic():
            page = Page.objects.get(pk=self.numbers.pk_by_key[key]).specific
            fresh = page.latest_revision_id is None
            if page.has_unpublished_changes and not fresh:
                self.report.kept.append(f"{document.path}: an editor has a draft of this page; it was left alone")
                return False
            base = self.memory.segments(key, "en")
            ours = {} if fresh else read_page(page, document.id, document.kind, self.numbers, base, document.flat)
            merged = merge(base, document.flat, ours, document.kind, self.memory.known(key, "en"))
            self.clashes.add_merged(key=key, document=document, language="en", merged=merged, theirs=document.flat)
            if merged.kept:
                self.report.kept.append(kept_line(document.path, merged.kept))
            remembered = remember(base, merged)
            if changed := merged.flat != ours or not page.live:
                write_page(page, document, merged.flat, self.numbers)
                self.report.changed.append(document.path)
                self.say(document.path)
            # An editor's change that has since come into the file is new to translators too.
            if stale := changed or remembered != base:
                sync_source(page)
            self.memory.put(key, "en", document.id, remembered, loaded_texts(merged), merged.kept)
        return stale


def withdraw_without_file(loader):
    """Take pages offline whose file is gone, in every language; a page that an editor has changed is left alone."""
    known = {key for key, page_id in loader.memory.page_ids().items() if page_id not in loader.texts.documents}
    for page in Page.objects.filter(translation_key__in=known, live=True).order_by("-depth").specific():
        kind, page_id = KINDS.get(page._meta.label_lower), loader.numbers.id_of(page.translation_key)
        base = loader.memory.segments(page.translation_key, "en")
        if page.locale_id == loader.english.pk and marks(read_page(page, page_id, kind, loader.numbers, base)) != base:
            loader.report.kept.append(
                f"{page_id}: its file is gone, but an editor changed this page; it was left alone"
            )
            known.discard(page.translation_key)
    for page in Page.objects.filter(translation_key__in=known, live=True, has_unpublished_changes=False):
        page.unpublish(log_action=False)
        Page.objects.filter(pk=page.pk).update(has_unpublished_changes=False)  # so that the file may bring it back
        loader.report.changed.append(
            f"{loader.numbers.id_of(page.translation_key)} ({page.locale.language_code}): offline"
        )


def loaded_texts(merged):
    """{address: text} of what a load brought in."""
    return {a: text for a, text in merged.flat.items() if isinstance(text, str) and a not in merged.kept}


def kept_line(path, addresses):
    shown = ", ".join(address.rstrip("#").rstrip(".") or "order of blocks" for address in addresses[:3])
    return f"{path}: an editor changed {shown}{' and more' if len(addresses) > 3 else ''}; that was left alone"


def ensure_locales():
    """{language code: Locale} of every language of the hub."""
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in ["en", *languages()]}


def make_page(document, numbers, locale):
    """An unpublished page with its plain fields and its place in the tree."""
    model = apps.get_model(document.kind.model)
    fields = page_fields(document.id, {**document.flat, "#": []}, without_lists(document.kind), numbers)
    fields.setdefault("slug", "home")
    fields.pop("body", None)
    page = model(**fields, locale=locale, translation_key=page_key(document.id), live=False)
    page.draft_title = page.title
    if document.type == "home":
        add_home(page)
    else:
        add_page(Page.objects.get(pk=numbers.page(document.parent)), page)
    return page


def without_lists(kind):
    return replace(kind, fields=tuple(f for f in kind.fields if f.kind != "list"))


def add_home(page):
    """Put the home page in the place of Wagtail's own welcome page."""
    welcome = Page.objects.filter(depth=2, slug="home", content_type__model="page").first()
    if welcome:
        welcome.delete()
    add_page(Page.get_first_root_node(), page)
    site, _made = Site.objects.get_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": page, "site_name": page.title}
    )
    if site.root_page_id != page.pk:
        site.root_page = page
        site.save()


def write_page(page, document, flat, numbers):
    """Save `flat` as a new revision of `page` and publish it."""
    for name, value in page_fields(document.id, flat, document.kind, numbers).items():
        setattr(page, name, value)
    page.draft_title = page.title
    publish(page)
    page.refresh_from_db()
