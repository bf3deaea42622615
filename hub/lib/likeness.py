"""How alike two texts are: from 0 to 1."""

from difflib import SequenceMatcher


class Likeness:
    """What both texts begin and end with counts as alike; only what is between is compared letter by letter, and only when asked."""

    def __init__(self, one, other):
        self.length = len(one) + len(other)
        head = alike_at_first(one, other)
        one, other = one[head:], other[head:]
        tail = alike_at_first(one[::-1], other[::-1])
        one, other = one[: len(one) - tail], other[: len(other) - tail]
        self.common, self.rest = 2 * (head + tail), len(one) + len(other)
        self.between = SequenceMatcher(None, one, other, autojunk=False)

    def with_between(self, ratio):
        return (self.common + ratio * self.rest) / self.length if self.length else 1

    @property
    def most(self):
        """No less than `share`, and found much faster."""
        return self.with_between(min(self.between.real_quick_ratio(), self.between.quick_ratio()))

    @property
    def share(self):
        return self.with_between(self.between.ratio())


def alike_at_first(one, other):
    """How many letters both begin with."""
    unlike = (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(unlike, min(len(one), len(other)))
