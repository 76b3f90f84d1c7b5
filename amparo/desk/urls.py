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
    "answer",
    "outbox",
    "letters",
    "annul",
    "obligations",
    "consents",
    "contact",
    "harmed",
    "team",
    "tell",
    "rights",
    "drafts",
    "site",
    "who_saw",
    "exceptional",
    "tallies",
    "places",
    "testing",
    "meetings",
    "on_call",
    "services",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"amparo.desk.{task}.urls")) for task in TASKS
]
