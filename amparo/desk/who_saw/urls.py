from django.urls import path

from amparo.desk.who_saw import view

urlpatterns = [path("case/<str:case_id>/who-saw/", view.who_saw, name="who_saw")]
