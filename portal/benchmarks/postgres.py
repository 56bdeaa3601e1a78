"""Databases of the benchmark's own on the PostgreSQL server that the environment names."""

from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

NAMES_BEGIN = "portal_bench_"


def url_of(server: str, name: str) -> str:
    """The database of that name on the same server; its connections are kept, as in use."""
    parts = urlsplit(server)
    return urlunsplit(parts._replace(path=f"/{name}", query="conn_max_age=600"))


def make(server: str, name: str, template: str = "template0") -> None:
    """A new database, empty or a copy."""
    _run(
        server,
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(_own(name)), sql.Identifier(template)
        ),
    )


def drop(server: str, name: str) -> None:
    """Remove the database, whoever is still connected to it."""
    _run(
        server,
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_own(name))),
    )


def _own(name: str) -> str:
    """The name; `ValueError` when it is not one of ours."""
    if not name.startswith(NAMES_BEGIN):
        raise ValueError(f"{name} is no database of the benchmark's.")
    return name


def _run(server: str, statement: sql.Composed) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)
