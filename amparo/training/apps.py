"""The training world: fictional people and cases, built through the engine itself."""

from django.apps import AppConfig


class Training(AppConfig):
    name = "amparo.training"
    label = "training"
