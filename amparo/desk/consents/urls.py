"""Addresses of the consents of a case."""

from django.urls import path

from amparo.desk.consents import giving, take, view

urlpatterns = [
    path("case/<str:case_id>/consents/", view.consents, name="consents"),
    path("case/<str:case_id>/consents/ask/<slug:kind>/", giving.give, name="consent"),
    path("case/<str:case_id>/consents/back/<str:mark>/", take.back, name="consent_back"),
]
