"""The request in whose course something is written; empty in jobs and commands."""

from contextvars import ContextVar

current = ContextVar("request id", default="")
