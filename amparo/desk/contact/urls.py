from django.urls import path

from amparo.desk.contact import view

urlpatterns = [path("case/<str:case_id>/contact/", view.contact, name="contact")]
