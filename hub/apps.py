import sqlite3

from django.apps import AppConfig
from django.db.backends.sqlite3.base import DatabaseFeatures


class HubConfig(AppConfig):
    name = "hub"
    label = "hub"

    def ready(self):
        from hub import receivers  # models are ready only now

        receivers.connect()
        take_many_values()


def take_many_values():
    """SQLite takes many more values in one statement than Django assumes (999): a post that hundreds follow is told in one."""
    connection = sqlite3.connect(":memory:")
    DatabaseFeatures.max_query_params = connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
    connection.close()
