"""Earlier pages of the booklet shown above a later one, where the kit says so (`pulls` of a reflection).

Only what she has written is shown, to be read; she may skip it, and changes it where it stands.
"""

from courses.blocks import page_codes
from courses.booklet_parts import kit_parts, parts_key
from courses.models import Answer
from hub.lib.stamp import kept

SHORT = 300  # characters that stand open; more is folded


def sources_of(kit):
    """{page of the booklet: [{"place": (lesson key, block id), "title", "url", "texts": {id of an item: text}}]} of a kit.

    Kept apart from the parts because it is small, and read with every lesson that pulls.
    """
    return kept(f"pulls:{parts_key(kit)}", lambda: build_sources(kit))


def build_sources(kit):
    parts, _ids = kit_parts(kit)
    found = {}
    for lesson in kit.lessons:
        for part in parts.get(lesson.key, ()):
            texts = {item["id"]: item["text"] for item in part.get("items", ())}
            place, url = (lesson.key, part["id"]), f"{lesson.url}#b-{part['id']}"
            line = {"place": place, "title": part["title"], "url": url, "texts": texts}
            found.setdefault(part.get("booklet"), []).append(line)
    return found


def pulled(part, sources, bodies):
    """What is shown above a part: dicts `code`, `title`, `url`, `text`, `items`, `is_short`. `bodies` as {place: body}."""
    lines = [(code, line) for code in page_codes(part.get("pulls")) for line in sources.get(code, ())]
    found = [pulled_page(code, line, bodies.get(line["place"], {})) for code, line in lines]
    return [page for page in found if page["text"] or page["items"]]


def pulled_page(code, line, body):
    text = body.get("text", "").strip()
    items = [line["texts"][item] for item in body.get("ticked", ()) if item in line["texts"]]
    is_short = len(text) + sum(map(len, items)) <= SHORT
    return {
        "code": code,
        "title": line["title"],
        "url": line["url"],
        "text": text,
        "items": items,
        "is_short": is_short,
    }


def pull_in(laid, *, user, kit):
    """Put `pulled` into `mine` of the pieces of a lesson (reading.lay_in). One query where something pulls, else none."""
    pulling = [piece for piece in laid if "part" in piece and piece["part"].get("pulls")]
    if not pulling or not user.is_authenticated:
        return
    sources = sources_of(kit)
    codes = {code for piece in pulling for code in page_codes(piece["part"]["pulls"])}
    bodies = bodies_of(user, kit, [line["place"] for code in codes for line in sources.get(code, ())])
    for piece in pulling:
        piece["mine"]["pulled"] = pulled(piece["part"], sources, bodies)


def bodies_of(user, kit, places):
    blocks = [block_id for _lesson_key, block_id in places]
    rows = Answer.objects.filter(user=user, kit_key=kit.key, state=Answer.State.CURRENT, block_id__in=blocks)
    kept = rows.values_list("lesson_key", "block_id", "body")
    return {(lesson_key, str(block_id)): body for lesson_key, block_id, body in kept}
