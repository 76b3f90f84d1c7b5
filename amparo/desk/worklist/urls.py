from django.urls import path

from amparo.desk.worklist import assign, view

urlpatterns = [
    path("", view.worklist, name="worklist"),
    path("case/<str:case_id>/assign/", assign.assign, name="assign"),
]
