"""The staff's pages."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """One folder a task: its view, form, template; what two tasks share lies beside the folders."""

    name = "amparo.desk"
    label = "desk"
