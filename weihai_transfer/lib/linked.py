"""A number on a page and the list that it counts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Number:
    """Without a `url` it is a sum or a difference, which no list has as many rows as."""

    count: object
    url: str = ""
