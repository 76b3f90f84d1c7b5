from django.urls import path

from amparo.desk.places import view

urlpatterns = [path("places/", view.places, name="places")]
