from django.urls import path

from amparo.desk.on_call import view

urlpatterns = [path("on-call/", view.on_call, name="on_call")]
