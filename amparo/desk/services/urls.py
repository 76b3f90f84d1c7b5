from django.urls import path

from amparo.desk.services import view

urlpatterns = [path("services/", view.services_page, name="services")]
