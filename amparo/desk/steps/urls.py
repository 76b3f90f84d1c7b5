"""Addresses of a step's pages."""

from django.urls import path

from amparo.desk.steps import view

urlpatterns = [
    path("case/<str:case_id>/step/<slug:name>/", view.step, name="step"),
    path("case/<str:case_id>/choice/<slug:name>/", view.choice, name="choice"),
    path(
        "case/<str:case_id>/step/<slug:name>/read-back/",
        view.read_back,
        {"kind": "step"},
        name="step_readback",
    ),
    path(
        "case/<str:case_id>/choice/<slug:name>/read-back/",
        view.read_back,
        {"kind": "choice"},
        name="choice_readback",
    ),
    path("case/<str:case_id>/<slug:kind>/<slug:name>/draft/", view.keep, name="keep"),
    path("case/<str:case_id>/<slug:kind>/<slug:name>/anew/", view.anew, name="anew"),
]
