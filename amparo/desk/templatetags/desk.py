"""Marks and small words that every page draws. No rule, no query."""

from __future__ import annotations

import re

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from amparo.desk import tabs
from amparo.desk.seen import shown
from amparo.desk.words import initials
from amparo.ledger import book

register = template.Library()
register.filter("mark_of", shown)
register.filter("item_mark", book.item)

_MARKS = {
    "check": "M4 10.5l4 4 8-9",
    "dash": "M3.5 10h13",
    "cross": "M5 5l10 10M15 5L5 15",
    "question": "M7 7.6a3 3 0 1 1 4.4 2.7c-1 .5-1.4 1-1.4 2M10 15v.6",
    "clock": "M10 2.8a7.2 7.2 0 1 1 0 14.4a7.2 7.2 0 0 1 0-14.4M10 6v4.2l2.8 1.8",
    "warn": "M10 3l7.5 13.5h-15zM10 8.2v3.8M10 14v.4",
    "lock": "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
    "eye": "M1.8 10C4 6.3 6.8 4.6 10 4.6s6 1.7 8.2 5.4c-2.2 3.7-5 5.4-8.2 5.4S4 13.7 1.8 10M10 "
    "7.6a2.4 2.4 0 1 1 0 4.8a2.4 2.4 0 0 1 0-4.8",
    "pencil": "M4 16l.8-3.4L13.6 3.8l2.6 2.6-8.8 8.8zM11.8 5.6l2.6 2.6",
    "said": "M3.5 4h13v9H9l-3 3v-3H3.5z",
    "person": "M10 3.4a3.3 3.3 0 1 1 0 6.6a3.3 3.3 0 0 1 0-6.6M3.8 17.2c.6-3.6 2.9-5.2 6.2-5.2s5.6 "
    "1.6 6.2 5.2",
    "paper": "M5 2.8h6.5L15 6.3v10.9H5zM11.2 2.8v3.8H15M7.5 10h5M7.5 13h5",
    "on": "M7.5 4l6 6-6 6",
    "back": "M12.5 4l-6 6 6 6",
    "pause": "M7 4.5v11M13 4.5v11",
    "phone": "M5 3h3l1.2 3.6-1.8 1.3a9 9 0 0 0 4.7 4.7l1.3-1.8L17 12v3c0 1-1 2-2 2C8.500 17 3 11.5 3 "
    "5c0-1 1-2 2-2",
    "circle": "M10 4.2a5.8 5.8 0 1 1 0 11.600a5.800 5.800 0 0 1 0-11.600",
    "post": "M3 5h14v10H3zM3.400 5.400L10 11l6.600-5.600",
    "print": "M6 7V3h8v4M4 7h12v6h-2M4 7v6h2M6 11h8v6H6z",
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A line mark of 20 units. Hidden from readers of the screen unless it carries a label of its own."""
    if not label:
        return format_html(
            '<svg class="i i-{}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">'
            '<path d="{}"/></svg>',
            name,
            _MARKS[name],
        )
    return format_html(
        '<svg class="i i-{}" viewBox="0 0 20 20" role="img" aria-label="{}"><path d="{}"/></svg>',
        name,
        label,
        _MARKS[name],
    )


_ARCH = (
    '<svg class="arch" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
    '<path d="M4 21.5V11a8 8 0 0 1 16 0v10.5"/><circle cx="12" cy="17.6" r="3.4"/></svg>'
)


@register.simple_tag
def arch() -> SafeString:
    """The wordmark's sign: an arch over a dot."""
    return mark_safe(_ARCH)


@register.simple_tag(takes_context=True)
def tab(context: Context, file: str) -> str:
    """What the browser's tab says of a page about a case."""
    found = getattr(context.get("request"), "resolver_match", None)
    return tabs.of_case(file, found.url_name or "" if found else "")


@register.inclusion_tag("desk/parts/bar.html")
def progress(share: float, mood: str = "") -> dict[str, object]:
    """A bar of 1000 units, drawn in SVG because the page's policy knows no inline style."""
    return {"wide": max(0, min(1000, round(share * 1000))), "mood": mood}


@register.filter
def attr(value: object, name: str) -> object:
    """A mapping's entry by a name known only when drawing."""
    return value.get(name, "") if isinstance(value, dict) else getattr(value, name, "")


@register.filter
def quoted(text: str) -> SafeString:
    """Words of the program stand in sans; what stands in “quotation marks” are the person's own, in serif."""
    parts = re.split("(“[^“”]*”)", text)
    return format_html_join(
        "", "{}", ((format_html('<span class="said">{}</span>', x) if x.startswith("“") else x,) for x in parts)
    )


@register.filter
def short_name(name: str) -> str:
    """Initials, for a shared room."""
    return initials(name)
