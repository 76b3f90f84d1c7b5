from django.urls import path

from amparo.desk.harmed import view

urlpatterns = [path("case/<str:case_id>/other/<slug:party>/", view.harmed, name="harmed")]
