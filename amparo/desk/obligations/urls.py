from django.urls import path

from amparo.desk.obligations import past, view

urlpatterns = [
    path("case/<str:case_id>/obligations/", view.obligations, name="obligations"),
    path("case/<str:case_id>/obligations/past/<str:kind>/", past.past, name="past"),
]
