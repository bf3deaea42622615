"""Pages and text files: `content/` and `locale/` on one side, Wagtail and wagtail-localize on the other.

A page's text is held *flat* in between: a dict from a short address ("opening.text", "minutes", "steps1.items#") to a value.
The same address ends the msgctxt of a PO entry, so that one merge serves loading, checking and exporting (`flat.py`).
"""
