"""No count is shown as it is. The same count is always shown the same way, on screen and in files.

Fewer than five, none included, are one word; from five on, the nearest multiple of five. Each number is rounded by itself, a total too,
so that parts and totals do not add up and nothing can be worked out from the difference: docs/decisions.md.
"""

BASE = 5


def rounded(count):
    """The multiple of five to show; None for fewer than five."""
    return None if count < BASE else BASE * ((count + BASE // 2) // BASE)
