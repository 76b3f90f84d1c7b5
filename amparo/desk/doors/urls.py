from django.urls import path

from amparo.desk.doors import view

urlpatterns = [
    path("new/", view.doors, name="doors"),
    path("new/<slug:name>/", view.door, name="door"),
    path("new/<slug:name>/draft/", view.keep, name="door_keep"),
    path("new/<slug:name>/read-back/", view.read_back, name="door_readback"),
]
