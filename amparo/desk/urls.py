"""The desk's addresses, task by task."""

from django.urls import URLPattern, URLResolver, include, path

TASKS = (
    "signin",
    "worklist",
    "case",
    "steps",
    "doors",
    "sittings",
    "support",
    "outbox",
    "letters",
    "annul",
    "obligations",
    "consents",
    "contact",
    "tell",
    "rights",
    "drafts",
    "site",
    "who_saw",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"amparo.desk.{task}.urls")) for task in TASKS
]
