from django.urls import path

from amparo.desk.support import view

urlpatterns = [path("case/<str:case_id>/support/", view.support, name="support")]
