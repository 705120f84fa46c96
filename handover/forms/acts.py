"""What every form that writes carries along: the key that makes the act happen once."""

from tracks.forms import KeyForm as ActForm

__all__ = ["ActForm"]
