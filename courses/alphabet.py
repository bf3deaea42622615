"""The order of words in a language, and the letter under which a word stands in a list."""

import unicodedata

LATIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
ALPHABETS = {
    "el": "α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ τ υ φ χ ψ ω",
    "hu": "a b c cs d dz dzs e f g gy h i j k l ly m n ny o ö p q r s sz t ty u ü v w x y z zs",
    "sv": f"{LATIN} å ä ö",
}
# Long vowels stand with the short ones.
SAME = str.maketrans("őű", "öü")


def letters(language):
    return ALPHABETS.get(language, LATIN).split()


def split(word, language):
    """The letters of a word: `szakma` is sz-a-k-m-a in Hungarian. Marks that make no letter of the alphabet are left out."""
    known = letters(language)
    text = "".join(plain(char, known) for char in unicodedata.normalize("NFC", word.casefold()).translate(SAME))
    found, start = [], 0
    while start < len(text):
        length = next((n for n in (3, 2) if text[start : start + n] in known), 1)
        found.append(text[start : start + length])
        start += length
    return found


def plain(char, known):
    if char in known:
        return char
    return "".join(part for part in unicodedata.normalize("NFD", char) if unicodedata.category(part) != "Mn")


def sort_key(word, language):
    """What sorts words as a dictionary of the language does; words of other alphabets come after, signs and spaces before."""
    known = {letter: number for number, letter in enumerate(letters(language))}
    beyond = len(known)
    parts = [p for p in split(word, language) if p.isalnum() or p.isspace()]
    return [known.get(p, beyond + ord(p[0]) if p.isalpha() else -1) for p in parts], word


def initial(word, language):
    """The letter under which a word stands, as a heading; empty for what begins with no letter."""
    return next((part.capitalize() for part in split(word, language) if part.isalpha()), "")
