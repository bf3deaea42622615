"""Country pages and a sheet for paper, to put beside the small site."""

from courses.translation.schema import ROWS

INDEX = "content/site/countries/index.md"
ITALY = "content/site/countries/italy.md"
SHEET = "content/kits/small/print/01-agreement.md"


def row(name):
    items = """items:
- id: office
  name: An office
  url: https://office.example/
  phone: 06 80 20
  does: It compares **degrees**.
  ask: Which papers?
- id: other
  name: Another
  verify: true
"""
    return f"::: bodies {name}\nrow: {name}\n{'' if name == 'networks' else items}:::\n"


FILES = {
    INDEX: """---
id: countries
type: countries
slug: countries
title: Where to ask
---

::: text before
Write down your question.
:::
""",
    ITALY: """---
id: country-italy
type: country
slug: italy
title: Italy
country: it
lead: Whom to ask.
---

"""
    + "\n".join(map(row, ROWS)),
    SHEET: """---
id: handout-agreement
type: handout
slug: agreement
title: Our agreement
aim: A sheet for the wall.
landscape: true
---

::: boxes before
title: Before
items:
- id: quiet
  text: The room is quiet
:::

::: lines names
label: Our names
rows: 3
:::

::: cards coaching
items:
- id: ask
  title: Ask
  text: What would **help**?
:::

::: table attendance
caption: Attendance
header:
- id: name
  text: Name
- id: first
  text: Session 1
rows:
- id: one
  cells:
  - id: one-name
  - id: one-first
:::
""",
}


def write_paper(root):
    for path, text in FILES.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return root
