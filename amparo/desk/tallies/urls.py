from django.urls import path

from amparo.desk.tallies import view

urlpatterns = [path("counts/", view.tallies, name="tallies")]
