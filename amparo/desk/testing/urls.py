from django.urls import path

from amparo.desk.testing import view

urlpatterns = [path("tests/", view.tests, name="tests")]
