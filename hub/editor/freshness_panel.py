"""On the first page of the editor: what waits in her languages."""

from wagtail.admin.ui.components import Component

from courses.translation.freshness import SOURCE
from hub.accounts.roles import edited_languages
from hub.editor.freshness import Table, sums_of

SHOWN = 5  # pages; the table has them all


class FreshnessPanel(Component):
    """For who keeps one language, its pages that wait longest; else a line for each language."""

    name, order = "freshness", 110
    template_name = "editor/freshness_panel.html"

    def get_context_data(self, parent_context):
        hers = [code for code in edited_languages(parent_context["request"].user) if code != SOURCE]
        table = Table(hers)
        waiting = [row for row in table.rows if row.cells and row.cells[0].to_do] if len(hers) == 1 else []
        waiting.sort(key=lambda row: row.since.timestamp() if row.since else float("inf"))
        cells = [(row.title, row.cells[0]) for row in waiting]
        return {"sums": sums_of(table.rows, hers), "cells": cells[:SHOWN], "more": max(len(cells) - SHOWN, 0)}


def add_panel(request, panels):
    """Not for an author alone: nothing waits for her here."""
    if set(edited_languages(request.user)) - {SOURCE}:
        panels.append(FreshnessPanel())
