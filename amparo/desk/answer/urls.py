from django.urls import path

from amparo.desk.answer import view

urlpatterns = [path("answer/<str:link>/", view.answer, name="answer")]
