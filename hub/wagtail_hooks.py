"""What the hub adds to Wagtail's admin; each part has a module of its own."""

from hub.editor import (  # noqa: F401
    checks_hooks,
    freshness_hooks,
    guide_hooks,
    replace_hooks,
    rights_hooks,
    starts_hooks,
    structure_hooks,
    texts_hooks,
    translate_hooks,
    word_hooks,
)
