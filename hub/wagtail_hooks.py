"""What the hub adds to Wagtail's admin; each part has a module of its own."""

from hub.editor import checks_hooks, word_hooks  # noqa: F401
