class WordRefused(ValueError):
    """Why a file cannot be taken, in words for the author."""
