"""Reads whose SQL is made once.

Django puts the statement of a queryset together anew each time it is asked, which takes several times as long as the database takes
to answer. For the few reads that stand in every page of a member the statement is kept, and only the values in it change.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import connections
from django.db.models.query import ModelIterable, get_related_populators

# What stands in the place of a value while the statement is made; each differs from everything else in it.
STAND_INS = {
    int: lambda n: 2**62 + n,
    str: lambda n: f"stands in for value {n}",
    UUID: lambda n: UUID(int=2**127 + n),
    datetime: lambda n: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=n),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """`params` as sent to the database, `places` where in them which of the given values stands, `build` makes the results."""

    sql: str
    params: list
    places: list
    converters: dict
    build: object


class Prepared:
    """A queryset made from values by a function, whose SQL is kept.

        enrolment = Prepared(lambda user_id, kit_key: Enrolment.objects.filter(user=user_id, kit_key=kit_key))
        enrolment.first(user_id=7, kit_key=key)

    The results are those of the queryset: model objects with their annotations and related objects, or the tuples of a
    `values_list`. A value is an int, str, UUID or datetime, or a list of these for `__in` (a statement is kept for each length).
    The function must put every value into the statement, and do nothing else with it. None is no value: `=` and `IS NULL` differ.
    """

    def __init__(self, make):
        self.make, self.kept = make, {}

    def first(self, **values):
        return next(iter(self(**values)), None)

    def __call__(self, **values):
        """List of results; one query, none for an empty list."""
        if [] in values.values():  # IN () is no SQL
            return []
        given, statement = flat(values), self.statement(values)
        params = list(statement.params)
        connection = connections["default"]
        for index, which in statement.places:
            params[index] = adapted(given[which], connection)
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, params)
            rows = cursor.fetchall()
        return [statement.build(row) for row in converted(rows, statement.converters, connection)]

    def statement(self, values):
        shape = (connections["default"].vendor, *map(shape_of, values.values()))
        if shape not in self.kept:
            self.kept[shape] = prepare(self.make, values)
        return self.kept[shape]


def flat(values):
    """All single values, in order."""
    lists = [value if isinstance(value, list) else [value] for value in values.values()]
    return [value for row in lists for value in row]


def shape_of(value):
    return len(value) if isinstance(value, list) else 0


def prepare(make, values):
    """The Statement of the queryset that `make` gives, with the places of these values in it."""
    numbers, stand_ins = iter(range(len(flat(values)))), {}
    for name, value in values.items():
        several = value if isinstance(value, list) else [value]
        made = [STAND_INS[type(one)](next(numbers)) for one in several]
        stand_ins[name] = made if isinstance(value, list) else made[0]
    queryset = make(**stand_ins)
    compiler = queryset.query.get_compiler("default")
    sql, params = compiler.as_sql()
    return Statement(
        sql, list(params), places_in(params, flat(stand_ins)), converters_of(compiler), builder(queryset, compiler)
    )


def places_in(params, stand_ins):
    """[(index in params, index among the values)]; every value has to be found."""
    sought = {adapted(stand_in, connections["default"]): which for which, stand_in in enumerate(stand_ins)}
    places = [(index, sought[param]) for index, param in enumerate(params) if param in sought]
    if {which for _index, which in places} != set(sought.values()):
        raise ValueError("A value is not in the statement that is to be prepared.")
    return places


def adapted(value, connection):
    """A value as the fields of models hand it to the database."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def converters_of(compiler):
    return list(compiler.get_converters([column for column, _sql, _alias in compiler.select]).items())


def converted(rows, converters, connection):
    """Rows with the values of Python, as Django converts them."""
    for row in map(list, rows):
        for index, (functions, expression) in converters:
            for convert in functions:
                row[index] = convert(row[index], expression, connection)
        yield row


def builder(queryset, compiler):
    """A function that makes a result of a row."""
    if queryset._iterable_class is not ModelIterable:
        return tuple
    info, select, annotations = compiler.klass_info, compiler.select, compiler.annotation_col_map or {}
    fields = info["select_fields"]
    first, last = fields[0], fields[-1] + 1
    names = [column.target.attname for column, _sql, _alias in select[first:last]]
    related = get_related_populators(info, select, "default")

    def build(row):
        found = info["model"].from_db("default", names, row[first:last])
        for populator in related:
            populator.populate(row, found)
        for name, index in annotations.items():
            setattr(found, name, row[index])
        return found

    return build
