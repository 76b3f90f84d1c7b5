from django.urls import path

from amparo.desk.consents import view

urlpatterns = [path("case/<str:case_id>/consents/", view.consents, name="consents")]
