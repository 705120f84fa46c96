"""How the pages write: numbers, days, icons, form controls, matched words."""

import re
from functools import lru_cache

import tablericons
from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

from weihai_transfer.lib import words

register = template.Library()

MEANINGS = ("idle", "away", "mine", "late", "done", "closed")
_CONTROLS = {
    "checkboxinput": "form-check-input",
    # Django puts a class of these on the group as well as on each choice; the style sheet finds them by type.
    "checkboxselectmultiple": "",
    "radioselect": "",
    "select": "form-select",
    "nullbooleanselect": "form-select",
    "selectmultiple": "form-select",
}

register.filter("shown", words.shown)
register.filter("percent1", words.rate)
register.filter("yuan", words.yuan)
register.filter("chinese_date", words.on_paper)


@register.filter
def thousands(value):
    """12345 → 12,345. Text stays as it is, so that a count that is not known yet may say so."""
    return f"{value:,}" if isinstance(value, int | float) else words.shown(value)


@register.filter
def signed(value):
    """+1,234 or -5; 0 without a sign."""
    return f"{value:+,}" if value else "0"


@register.filter
def minutes(span):
    """A timedelta in whole minutes, rounded up: nobody is told to try again a little too early."""
    return -(-int(span.total_seconds()) // 60)


@register.filter
def meaning(value):
    """A badge class must be one of the six; a misspelt one would lose its colour and its shape without a word."""
    if value not in MEANINGS:
        raise ValueError(f"unknown meaning of a badge: {value!r}")
    return value


@register.simple_tag
def icon(name, size=20):
    """An inline outline icon of Tabler. It says nothing by itself: a word stands beside it."""
    return mark_safe(_drawn(name, size))  # noqa: S308  drawn from the wheel's own files


@lru_cache(maxsize=256)
def _drawn(name, size):
    return tablericons._render_icon(f"outline/{name}", size, **{"class": "icon", "aria-hidden": "true"})


@register.filter
def control(bound):
    """A form field's widget in the house look; its help and errors are tied to it by Django."""
    kind = bound.field.widget.__class__.__name__.lower()
    css = _CONTROLS.get(kind, "form-control")
    own = bound.field.widget.attrs.get("class", "")
    parts = [css, own, "is-invalid" if bound.errors and css else ""]
    names = " ".join(part for part in parts if part)
    return bound.as_widget(attrs={"class": names} if names else None)


@register.filter
def marked(text, found):
    """Underline the words (a list or one word) by which a suggestion was made."""
    wanted = [found] if isinstance(found, str) else list(found or ())
    wanted = sorted({word for word in wanted if word}, key=len, reverse=True)
    text = "" if text is None else str(text)
    if not wanted:
        return text
    parts = re.split("(" + "|".join(map(re.escape, wanted)) + ")", text)
    return mark_safe(  # noqa: S308  every part is escaped here
        "".join(
            format_html('<mark class="match">{}</mark>', part) if at % 2 else conditional_escape(part)
            for at, part in enumerate(parts)
        )
    )
