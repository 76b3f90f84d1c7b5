from django.urls import path

from amparo.desk.meetings import view

urlpatterns = [
    path("meetings/", view.kinds, name="meetings"),
    path("meetings/<slug:kind>/", view.before, name="meeting"),
    path("meetings/<slug:kind>/room/", view.room, name="meeting_room"),
]
