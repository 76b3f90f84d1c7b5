from django.urls import path

from amparo.desk.sittings import view

urlpatterns = [
    path("sittings/", view.sittings, name="sittings"),
    path("case/<str:case_id>/sitting/", view.sitting, name="sitting"),
]
