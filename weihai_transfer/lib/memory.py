"""Long loops over many rows make millions of short-lived objects without cycles; looking for cycles among them
costs a fifth of the time and finds none."""

import gc
from contextlib import contextmanager


@contextmanager
def without_collector():
    """No cyclic garbage collection inside the block; what reference counting frees is freed as ever."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
