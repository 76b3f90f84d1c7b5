from django.urls import path

from amparo.desk.tell import view

urlpatterns = [path("case/<str:case_id>/facts/", view.tell, name="tell")]
