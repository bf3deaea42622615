"""A word of a language replaced wherever it stands: found, shown, and written where an editor ticked it."""
