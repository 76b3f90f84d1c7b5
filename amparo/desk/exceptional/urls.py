from django.urls import path

from amparo.desk.exceptional import view

urlpatterns = [
    path("demands/", view.waiting, name="demands"),
    path("case/<str:case_id>/outside/", view.outside, name="outside"),
]
