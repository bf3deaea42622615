"""Rows by the hundred thousand. Nothing of the models runs here: no save(), no signal; their columns and defaults are kept.

This is the one place of the demo that knows its database: COPY on PostgreSQL, a statement prepared once on SQLite.
"""

from itertools import islice
from uuid import NAMESPACE_URL, uuid5

from django.db import connection, transaction

BATCH = 2_000
LARGE_BATCH = 20_000  # one transaction each
SQLITE_CACHE = "-262144"  # KiB; indexes that do not fit into the cache are written many times over


def quoted(name):
    return connection.ops.quote_name(name)


def demo_id(*parts):
    return uuid5(NAMESPACE_URL, "demo:" + ":".join(map(str, parts)))


def create(model, rows, words, total, progress, **options):
    """Insert an iterable of model objects batch by batch; the number of rows given in."""
    rows = iter(progress(words, rows, total))
    count = 0
    while batch := list(islice(rows, BATCH)):
        model.objects.bulk_create(batch, **options)
        count += len(batch)
    return count


def insert(model, names, rows):
    """Insert tuples in the order of `names` (attribute names). Other columns get their default. Returns how many.

    Both databases take a moment as text ("2026-11-22 08:50:58", in UTC), a UUID as 32 hexadecimal digits, and True or False.
    """
    columns, constants = shape(model, names)
    rows, count = iter(rows), 0
    write = copy_in if connection.vendor == "postgresql" else insert_many
    while batch := [(*row, *constants) for row in islice(rows, LARGE_BATCH)]:
        with transaction.atomic(), connection.cursor() as cursor:
            write(cursor, quoted(model._meta.db_table), ", ".join(map(quoted, columns)), batch)
        count += len(batch)
    return count


def shape(model, names):
    """Columns, those of `names` first, and what stands in those that the database gives no value itself, as it takes them."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    own = {name for name, field in fields.items() if field.primary_key or field.generated or field.has_db_default()}
    others = [field for name, field in fields.items() if name not in own.union(names)]
    columns = [*(fields[name].column for name in names), *(field.column for field in others)]
    return columns, tuple(field.get_db_prep_save(field.get_default(), connection) for field in others)


def copy_in(cursor, table, columns, rows):
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def insert_many(cursor, table, columns, rows):
    cursor.execute(f"PRAGMA cache_size={SQLITE_CACHE}")
    cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(rows[0]))})", rows)


@transaction.atomic
def reserve(model, count):
    """The first of `count` ids in a row that are given to nobody else."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {quoted(table)} IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [quoted(table), key])
            sequence = cursor.fetchone()[0]
            cursor.execute("SELECT setval(%s, nextval(%s) + %s)", [sequence, sequence, count - 1])
            return cursor.fetchone()[0] - count + 1
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or [0])[0]
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last + count])
        return last + 1


def gather_statistics(*models):
    """What a growing hub gathers by itself, told PostgreSQL at once; SQLite plans without."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(quoted(model._meta.db_table) for model in models)}")
