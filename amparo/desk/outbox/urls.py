from django.urls import path

from amparo.desk.outbox import view

urlpatterns = [
    path("outbox/", view.outbox, name="outbox"),
    path("case/<str:case_id>/notice/<str:notice_id>/", view.notice, name="notice"),
]
