"""A small site of one kit with one lesson, as files, for tests that change it."""

from courses.translation.export import write_catalogs
from courses.translation.tree import read_texts

FILES = {
    "content/site/home.md": """---
id: home
type: home
title: Home
lead: A place to learn.
---

::: text welcome
Read about [privacy](page:privacy) or get [help](/help/).
:::
""",
    "content/site/kits.md": """---
id: kits
type: kits
slug: kits
title: Kits
---
""",
    "content/site/privacy.md": """---
id: privacy
type: info
slug: privacy
title: Privacy
---

::: text short
We keep **little**.
:::
""",
    "content/kits/small/kit.md": """---
id: small
type: kit
slug: small
title: Small kit
audience: learner
aim: You try it.
hours: 1
emblem: path
hue: teal
outcomes:
- id: page
  text: One page
---
""",
    "content/kits/small/01-first/module.md": """---
id: first
type: module
slug: first
title: First
aim: You begin.
emblem: seed
---
""",
    "content/kits/small/01-first/01-one.md": """---
id: one
type: lesson
slug: one
title: Lesson one
aim: You read.
minutes: 10
---

::: text opening
The bus leaves. See [the kit](page:small).

- one thing
- another
:::

::: steps path
items:
- id: begin
  title: Begin
  text: With **one** word.
- id: go-on
  title: Go on
:::

::: question check
prompt: Which is right?
options:
- id: this
  text: This
  correct: true
  feedback: Yes, this one.
- id: that
  text: That
  correct: false
  feedback: Look again.
:::

::: reflection words
title: My words
prompt: What do you think?
booklet: B1
:::
""",
}


def write_small(root, *, italian=True):
    """Write the files under `root`, with an Italian translation of everything; the root."""
    for path, text in FILES.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    if italian:
        translate_all(root)
    return root


def translate_all(root):
    """Bring the PO files in line with the English files, with an Italian text for everything."""
    write_catalogs(
        read_texts(root, catalogs=False),
        lambda language, document, segment: in_italian(segment.text) if language == "it" else "",
    )


def in_italian(text):
    return f"it {text}"


def edit(root, path, old, new):
    """Change a file as its author would."""
    target = root / path
    text = target.read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new), encoding="utf-8")


def contents(root):
    """{path: bytes} of everything under `root`."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}
