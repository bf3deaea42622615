"""What is written in the demo: nobody's words."""

# The languages of posts, in about the proportions of five partner countries.
LANGUAGES = ["en", "en", "it", "it", "el", "el", "hu", "hu", "sv", "sv"]
TITLES = {
    "en": [
        "The first talk at the office",
        "Ten strengths, and now?",
        "Twenty minutes that are mine",
        "Course or job first?",
    ],
    "it": [
        "Il primo colloquio",
        "Dieci punti di forza, e adesso?",
        "Venti minuti per me",
        "Prima il corso o il lavoro?",
    ],
    "el": [
        "Η πρώτη συζήτηση στο γραφείο",
        "Δέκα δυνατά σημεία, και τώρα;",
        "Είκοσι λεπτά δικά μου",
        "Πρώτα μάθημα ή δουλειά;",
    ],
    "hu": ["Az első beszélgetés", "Tíz erősség, és most?", "Húsz perc, ami az enyém", "Előbb tanfolyam vagy munka?"],
    "sv": ["Det första samtalet", "Tio styrkor, och nu?", "Tjugo minuter som är mina", "Kurs eller jobb först?"],
}
TEXTS = {
    "en": [
        "I wrote three lines of proof and read them aloud. **The second one** needed a number, so I counted.",
        "What helped me:\n\n- a fixed hour\n- paper first\n- one friend who asks\n\nWhat helps you?",
        "> Is a certificate from home enough?\n\nFor my field it was; I asked the office first.",
    ],
    "it": [
        "Ho scritto tre prove e le ho lette a voce alta. **Alla seconda** mancava un numero.",
        "Mi ha aiutato un’ora fissa, e prima la carta. A voi?",
    ],
    "el": [
        "Έγραψα τρεις γραμμές και τις διάβασα δυνατά. **Στη δεύτερη** έλειπε ένας αριθμός.",
        "Με βοήθησε μια σταθερή ώρα και πρώτα το χαρτί. Εσάς;",
    ],
    "hu": [
        "Három sort írtam, és hangosan felolvastam. **A másodikból** hiányzott egy szám.",
        "Nekem egy állandó óra segített, és előbb a papír. Nektek?",
    ],
    "sv": [
        "Jag skrev tre rader och läste dem högt. **I den andra** saknades en siffra.",
        "En fast timme hjälpte mig, och papper först. Vad hjälper er?",
    ],
}
