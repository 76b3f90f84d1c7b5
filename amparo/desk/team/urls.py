from django.urls import path

from amparo.desk.team import view

urlpatterns = [path("case/<str:case_id>/people/", view.team, name="team")]
