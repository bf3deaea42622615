"""wagtail-localize's own rows, made in bulk, so that each loaded page opens in its editor with all segments translated."""

import json
import uuid

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from wagtail_localize.models import (
    OverridableSegment,
    String,
    StringSegment,
    StringTranslation,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments

TOOL = "locale"  # shown to editors as "Translated with locale on …"


def sync_source(page):
    """The TranslationSource of `page`, with all its segments as the page stands now."""
    source = TranslationSource.objects.get_for_instance_or_none(page)
    source = source or _bare_source(page)
    source.content_json = page.to_json()
    source.object_repr = str(page)[:200]
    source.last_updated_at = timezone.now()
    source.save()
    write_segments(source, page)
    return source


def _bare_source(page):
    translated, _made = TranslatableObject.objects.get_or_create_from_instance(page)
    return TranslationSource(
        object=translated,
        locale=page.locale,
        specific_content_type=ContentType.objects.get_for_model(type(page)),
        schema_version=get_schema_version(page._meta.app_label),
    )


def write_segments(source, page):
    values = extract_segments(page)
    contexts = save_contexts(source, page, {value.path for value in values})
    strings = save_strings(source.locale_id, {v.string.data for v in values if isinstance(v, StringSegmentValue)})
    templates = save_templates([v for v in values if isinstance(v, TemplateSegmentValue)])
    rows = {StringSegment: [], TemplateSegment: [], OverridableSegment: []}
    for value in values:
        common = {"source": source, "context_id": contexts[value.path], "order": value.order}
        if isinstance(value, StringSegmentValue):
            attrs = json.dumps(value.attrs, cls=DjangoJSONEncoder)
            rows[StringSegment].append(StringSegment(string_id=strings[value.string.data], attrs=attrs, **common))
        elif isinstance(value, TemplateSegmentValue):
            rows[TemplateSegment].append(TemplateSegment(template_id=templates[value.template], **common))
        elif isinstance(value, OverridableSegmentValue):
            data = json.dumps(value.data, cls=DjangoJSONEncoder)
            rows[OverridableSegment].append(OverridableSegment(data_json=data, **common))
    for model, made in rows.items():
        model.objects.filter(source=source).delete()
        model.objects.bulk_create(made)


def save_contexts(source, page, paths):
    """{path: id of its TranslationContext}."""
    ids = {TranslationContext._get_path_id(path): path for path in paths}
    types = block_types(page)
    TranslationContext.objects.bulk_create(
        [
            TranslationContext(object_id=source.object_id, path_id=i, path=p, field_path=field_path(p, types))
            for i, p in sorted(ids.items())
        ],
        ignore_conflicts=True,
    )
    found = TranslationContext.objects.filter(object_id=source.object_id).values_list("path_id", "pk")
    return {ids[path_id]: pk for path_id, pk in found if path_id in ids}


def block_types(page):
    """{block id: its type} of every block that stands directly in a body."""
    return {
        block.id: block.block_type
        for name in ("body", "outcomes")
        if hasattr(page, name)
        for block in getattr(page, name)
    }


def field_path(path, types):
    """`body.<uuid>.items.<uuid>.title` as wagtail-localize names the field: `body.steps.items.item.title`."""
    parts = []
    for part in path.split("."):
        if part.startswith("'"):
            break
        parts.append(types.get(part) or ("item" if _is_uuid(part) else part))
    return ".".join(parts)


def _is_uuid(text):
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def save_strings(locale_id, data):
    """{text: id of its String}."""
    hashes = {String._get_data_hash(text): text for text in data}
    String.objects.bulk_create(
        [String(locale_id=locale_id, data_hash=h, data=text) for h, text in sorted(hashes.items())],
        ignore_conflicts=True,
    )
    found = String.objects.filter(locale_id=locale_id, data_hash__in=hashes).values_list("data_hash", "pk")
    return {hashes[data_hash]: pk for data_hash, pk in found}


def save_templates(values):
    """{template: id of its Template}."""
    space = uuid.uuid5(Template.BASE_UUID_NAMESPACE, "html")
    ids = {uuid.uuid5(space, value.template): value for value in values}
    Template.objects.bulk_create(
        [
            Template(uuid=i, template=v.template, template_format=v.format, string_count=v.string_count)
            for i, v in ids.items()
        ],
        ignore_conflicts=True,
    )
    found = Template.objects.filter(uuid__in=ids).values_list("uuid", "pk")
    return {ids[template_id].template: pk for template_id, pk in found}


WRITTEN = ["data", "tool_name", "has_error", "field_error", "updated_at", "last_translated_by"]

# Translations ------------------------------------------------------------------------------------


def translatable_strings(source):
    """{(path, English text): (context id, string id)} of everything that can be translated on a page."""
    rows = StringSegment.objects.filter(source=source).values_list(
        "context__path", "string__data", "context_id", "string_id"
    )
    return {(path, text): (context_id, string_id) for path, text, context_id, string_id in rows}


def current_translations(source, locale):
    """{(context id, string id): StringTranslation} of a page in a language."""
    rows = StringTranslation.objects.filter(context__object_id=source.object_id, locale=locale)
    return {(row.context_id, row.translation_of_id): row for row in rows}


def save_translations(locale, wanted, current, *, tool=TOOL, user=None):
    """Write {(context id, string id): text}; True if anything changed. The texts have passed the PO lint."""
    new, changed = [], []
    for (context_id, string_id), text in wanted.items():
        row = current.get((context_id, string_id))
        if row is None:
            new.append(
                StringTranslation(
                    locale=locale,
                    context_id=context_id,
                    translation_of_id=string_id,
                    data=text,
                    translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                    tool_name=tool,
                    last_translated_by=user,
                )
            )
        elif row.data != text:
            row.data, row.tool_name, row.has_error, row.field_error = text, tool, False, ""
            row.updated_at, row.last_translated_by = timezone.now(), user
            changed.append(row)
    StringTranslation.objects.bulk_create(new)
    StringTranslation.objects.bulk_update(changed, WRITTEN)
    return bool(new or changed)
