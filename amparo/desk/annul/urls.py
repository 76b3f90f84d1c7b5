from django.urls import path

from amparo.desk.annul import view

urlpatterns = [path("case/<str:case_id>/annul/", view.annul, name="annul")]
