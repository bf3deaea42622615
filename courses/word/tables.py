"""Tables of a document as rows of plain texts, each as long as the longest."""

from courses.word.inline import plain

MOST_COLUMNS, MOST_ROWS = 12, 200


def read_table(node, inline, left_out):
    """A list of rows, the first of which names the columns; or [] for what is no table of ours. Merged cells are repeated."""
    lines = [row.find_all(["td", "th"], recursive=False) for row in own_rows(node)]
    width = max((sum(span(cell, "colspan") for cell in line) for line in lines), default=0)
    if not 1 <= width <= MOST_COLUMNS or len(lines) > MOST_ROWS or len(lines) < 2:
        if width > 1:
            left_out["table"] += 1
        return []
    if width == 1:
        return [[""]]
    if any(span(cell, side) > 1 for line in lines for cell in line for side in ("colspan", "rowspan")):
        left_out["merged"] += 1
    if node.find("table"):
        left_out["nested"] += 1
    return fill([[(read_cell(cell, inline), cell) for cell in line] for line in lines], width)


def own_rows(node):
    for child in node.find_all(["tr", "thead", "tbody"], recursive=False):
        if child.name == "tr":
            yield child
        else:
            yield from child.find_all("tr", recursive=False)


def span(cell, side):
    return int(cell.get(side, 1))


def read_cell(cell, inline):
    return plain(" ".join(inline.read(part) for part in cell.contents))


def fill(lines, width):
    """Every row with `width` texts; a cell over several rows or columns says the same in each of them."""
    rows, below = [], {}
    for number, line in enumerate(lines):
        waiting, row = list(line), []
        while len(row) < width:
            if (number, len(row)) in below:
                row.append(below[number, len(row)])
                continue
            text, cell = waiting.pop(0) if waiting else ("", None)
            across = span(cell, "colspan") if cell else 1
            for column in range(len(row), min(len(row) + across, width)):
                down = min(span(cell, "rowspan") if cell else 1, len(lines) - number)
                below |= {(number + step, column): text for step in range(1, down)}
                row.append(text)
        rows.append(row)
    return rows
