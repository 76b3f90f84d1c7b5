from django.urls import path

from amparo.desk.support import guide, view

urlpatterns = [
    path("case/<str:case_id>/support/", view.support, name="support"),
    path("case/<str:case_id>/support/refer/", guide.refer_to, name="refer"),
]
