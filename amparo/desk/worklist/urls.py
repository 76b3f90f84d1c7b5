from django.urls import path

from amparo.desk.worklist import view

urlpatterns = [path("", view.worklist, name="worklist")]
