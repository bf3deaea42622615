"""What was shown of an uploaded file is brought in: page by page, each in one transaction, and nothing else.

A text that somebody changed after the file was looked at is not overwritten: it becomes a conflict to decide. A run that was
cut off goes on where it ended, because what stands there already is passed over.
"""

from collections import Counter, defaultdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from wagtail.log_actions import log
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from courses.models import TextConflict, TextExport, TextImport
from courses.translation import freshness
from courses.translation.entries import plain_of, save_texts
from courses.translation.held import read_texts_of, translatable_pages
from courses.translation.rows import current_translations, save_strings, save_translations
from courses.translation.settle import mark
from courses.translation.translate import left_alone, make_translated_page, publish_translation

TOOL = "upload"  # shown to editors as "Translated with upload on …"
WRITTEN = {"new", "changed"}
THEIRS, OURS = "theirs", "ours"
LOOKED_AT_STAYS, REPORT_STAYS, EXPORT_STAYS = timedelta(days=7), timedelta(days=90), timedelta(days=730)


@task()
def apply_import(pk):
    """Brings in the TextImport `pk`, from its first page or from where it was cut off."""
    row = TextImport.objects.select_related("user").filter(pk=pk, state=TextImport.State.APPLYING).first()
    if row:
        Applying(row).run()


class Applying:
    def __init__(self, row):
        self.row = row
        self.locale = Locale.objects.get(language_code=row.language)
        self.by_page = defaultdict(list)
        for item in row.items:
            if item["verdict"] in {*WRITTEN, "behind"} or (
                item["verdict"] == "conflict" and item.get("choice") != OURS
            ):
                self.by_page[item["page"]].append(item)

    def run(self):
        pages = translatable_pages()
        wanted = [pages[i] for i in pages if i in self.by_page]  # in the order of the tree: parents before children
        done = self.row.results.get("done", [])
        with freshness.paused():
            for page in wanted:
                if page.id not in done:
                    self.apply_page(page)
        freshness.recount(keys=[page.source.object_id for page in wanted if not page.is_data])
        self.row.state, self.row.applied_at = TextImport.State.APPLIED, timezone.now()
        self.row.save(update_fields=["state", "applied_at"])

    @transaction.atomic
    def apply_page(self, page):
        """One page and the note that it is done, both or neither."""
        before, results = Counter(self.row.results), self.write_page(page)
        done = [*(before.pop("done", None) or []), page.id]
        self.row.results = {**(before + results), "done": done}
        self.row.beat_at = timezone.now()
        self.row.save(update_fields=["results", "beat_at"])

    def write_page(self, page):
        """Write what was chosen for a page; a Counter of outcomes. Call it in a transaction."""
        if page.is_data:
            read_texts_of([page], self.row.language)
            return self.apply_rows(page)
        return self.apply_texts(page)

    def sort(self, page):
        """({place: text to write}, Counter of outcomes). What cannot be written without a question becomes a conflict."""
        writing, results = {}, Counter()
        for item in self.by_page[page.id]:
            place, ours = (item["address"], item["english"]), page.texts.get((item["address"], item["english"]), "")
            if item["verdict"] == "behind":
                continue
            chosen = item["verdict"] in WRITTEN or item.get("choice") == THEIRS
            if ours == item["theirs"]:
                results["already"] += 1
            elif place in page.places and chosen and ours == item["ours"]:
                writing[place] = item["theirs"]
            else:
                keep_conflict(item, self.row.language)
                results["open"] += 1
        results["written"] += len(writing)
        return writing, results

    def apply_rows(self, page):
        writing, results = self.sort(page)
        save_texts(
            page.id, self.row.language, {address: plain_of(text) for (address, _english), text in writing.items()}
        )
        return results

    def apply_texts(self, page):
        lock_texts(page.source, self.locale)
        read_texts_of([page], self.row.language)
        writing, results = self.sort(page)
        current = current_translations(page.source, self.locale)
        wanted = {page.places[place]: text for place, text in writing.items()}
        save = {"tool": TOOL, "user": self.row.user}
        changed = save_translations(self.locale, wanted, current, **save)
        older = self.older_texts(page, current)
        save_translations(self.locale, older, current, **save)
        results["older"] += len(older)
        if changed:
            results[self.renew(page)] += 1
        return results

    def older_texts(self, page, current):
        """{(context id, string id): text} for texts of older English, where the hub has none: an older translation to start from."""
        items = [item for item in self.by_page[page.id] if item["verdict"] == "behind"]
        contexts = {address: ids[0] for (address, _english), ids in page.places.items()}
        items = [item for item in items if item["address"] in contexts]
        strings = save_strings(page.source.locale_id, {item["english"] for item in items})
        wanted = {(contexts[i["address"]], strings[i["english"]]): i["theirs"] for i in items}
        return {ids: text for ids, text in wanted.items() if ids not in current}

    def renew(self, page):
        """Make the page anew from its texts; how it stands then.

        "published"; a "draft"; "left" alone, because somebody has a draft of it; or "waiting" for the page above it.
        """
        translation, _made = Translation.objects.get_or_create(source=page.source, target_locale=self.locale)
        key = page.source.object_id
        shown = Page.objects.filter(translation_key=key, locale=self.locale).specific().first()
        if shown is not None and left_alone(shown, translation):
            return "left"
        if shown is None:
            parent = parent_of(key, self.locale)
            if parent is None:
                return "waiting"
            shown = make_translated_page(page.source, self.locale, parent, is_home=page.type == "home")
        if self.row.publish and not shown.current_workflow_state and not shown.locked:
            publish_translation(page.source, translation, self.locale, page)
            log(instance=shown, action="wagtail.publish", user=self.row.user)
            return "published"
        draft = page.source.get_ephemeral_translated_instance(self.locale, fallback=True)
        draft.save_revision(user=self.row.user, log_action="wagtail.edit")
        return "draft"


def forget_old_files():
    """Files that were only looked at go after a week, the entries of a report after three months, downloads after two years."""
    now, states = timezone.now(), TextImport.State
    TextImport.objects.filter(state=states.SHOWN, made_at__lt=now - LOOKED_AT_STAYS).delete()
    TextImport.objects.filter(state=states.APPLIED, applied_at__lt=now - REPORT_STAYS).exclude(items=[]).update(
        items=[]
    )
    TextExport.objects.filter(made_at__lt=now - EXPORT_STAYS).delete()


def lock_texts(source, locale):
    """Nobody else writes these texts while they are compared and written; SQLite lets only one write anyway."""
    rows = StringTranslation.objects.filter(context__object_id=source.object_id, locale=locale)
    list(rows.select_for_update(of=("self",)).values_list("pk"))


def parent_of(key, locale):
    """The page above, in the language; None if it is not there."""
    english = Page.objects.get(translation_key=key, locale__language_code="en")
    above = english.get_parent()
    if above.is_root():
        return above
    return Page.objects.filter(translation_key=above.translation_key, locale=locale).first()


def keep_conflict(item, language):
    place = {"language": language, "page_id": item["page"], "address": item["address"]}
    TextConflict.objects.update_or_create(
        **place,
        mark=mark(item["english"]),
        origin=TextConflict.Origin.IMPORT,
        defaults={"english": item["english"], "base": item["base"] or "", "theirs": item["theirs"]},
    )
