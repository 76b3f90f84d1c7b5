from django.urls import path

from amparo.desk.case import view

urlpatterns = [path("case/<str:case_id>/", view.case, name="case")]
