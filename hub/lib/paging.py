"""Paging by key: a page is "20 rows after this key", so that it never counts or skips rows."""

from dataclasses import dataclass

from django import forms
from django.db.models import Subquery

PAGE_SIZE = 20
LARGEST_KEY = 2**63 - 1


class PageForm(forms.Form):
    """Where a page begins: after or before a key, at a key, at the end, or at the first unread row."""

    after = forms.IntegerField(required=False, min_value=0, max_value=LARGEST_KEY)
    before = forms.IntegerField(required=False, min_value=0, max_value=LARGEST_KEY)
    at = forms.IntegerField(required=False, min_value=0, max_value=LARGEST_KEY)
    last = forms.BooleanField(required=False)
    unread = forms.BooleanField(required=False)


def page_request(query):
    """The valid part of the query string; whatever is not understood is left out (a page is still shown)."""
    form = PageForm(query)
    form.is_valid()
    return form.cleaned_data


def rows_of(rows, **one):
    """The rows that belong to one object: `rows_of(Post.objects, thread=thread)`, to be paged by key.

    PostgreSQL, which knows how frequent a value is, looks for those of a long thread along the primary key, to meet them soon. If they
    all lie elsewhere, as in a thread that slept for a year, it reads the table. Behind a subquery it sees no value, and takes the index.
    """
    [(name, row)] = one.items()
    return rows.filter(**{name: Subquery(row._meta.model._base_manager.filter(pk=row.pk).values("pk"))})


@dataclass(frozen=True)
class KeyPage:
    rows: list
    previous: int | None  # ask for rows before this key …
    next: int | None  # … or after this one; None where there are no more

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def key_page(rows, *, key, after=None, before=None, last=False, descending=False, size=PAGE_SIZE, build=None):
    """One page of `rows` in the order of `key`. `after` and `before` are outside the page; `last` asks for the end.

    `build` makes a row of the values of a `values_list`; it has an attribute named `key`.
    Beyond the end one gets the last page, before the beginning the first: one more statement in these two cases.
    """
    if last or before is not None:
        page = _backward(rows, key, before, descending, size, build)
        if before is not None and page.previous is None and len(page) < size:
            return _forward(rows, key, None, descending, size, build)
        return page
    page = _forward(rows, key, after, descending, size, build)
    if after is not None and not page.rows:
        return _backward(rows, key, None, descending, size, build)
    return page


def _forward(rows, key, after, descending, size, build):
    if after is not None:
        rows = rows.filter(**{f"{key}__{'lt' if descending else 'gt'}": after})
    found = _built(rows.order_by(f"-{key}" if descending else key)[: size + 1], build)
    has_next, found = len(found) > size, found[:size]
    previous = getattr(found[0], key) if found and after else None
    return KeyPage(found, previous, getattr(found[-1], key) if has_next else None)


def _backward(rows, key, before, descending, size, build):
    if before is not None:
        rows = rows.filter(**{f"{key}__{'gt' if descending else 'lt'}": before})
    found = _built(rows.order_by(key if descending else f"-{key}")[: size + 1], build)
    has_previous, found = len(found) > size, found[:size][::-1]
    has_next = before is not None and found
    return KeyPage(
        found, getattr(found[0], key) if has_previous else None, getattr(found[-1], key) if has_next else None
    )


def _built(rows, build):
    return [build(*row) for row in rows] if build else list(rows)
