"""How often a link may be tried: from one address, and one link by whomever."""

from __future__ import annotations

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from amparo.people.keys import ring

WINDOW = 600
"""Seconds."""
FROM_ONE_ADDRESS, ONE_LINK = 120, 40


def too_often(request: HttpRequest, link: str) -> bool:
    """Counts this try, and says whether there were too many in these ten minutes. Nothing readable is kept."""
    address = get_adapter().get_client_ip(request)
    counted = (
        (_name("address", address), FROM_ONE_ADDRESS),
        (_name("link", link[:1000]), ONE_LINK),
    )
    tries = [(_count(name), most) for name, most in counted]
    return any(n > most for n, most in tries)


def _name(kind: str, text: str) -> str:
    window = int(time.time()) // WINDOW
    return f"answer-{window}-{ring().tag(f'tries {kind}', text).hex()}"


def _count(name: str) -> int:
    cache.add(name, 0, WINDOW)
    try:
        return int(cache.incr(name))
    except ValueError:  # it ended between the two
        return 1
