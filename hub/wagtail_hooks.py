"""What the hub adds to Wagtail's admin; each part has a module of its own."""
