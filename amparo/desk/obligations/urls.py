from django.urls import path

from amparo.desk.obligations import view

urlpatterns = [path("case/<str:case_id>/obligations/", view.obligations, name="obligations")]
