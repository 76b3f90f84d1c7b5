from django.urls import path

from amparo.desk.doors import view, which

urlpatterns = [
    path("new/", view.doors, name="doors"),
    path("which-door/", which.which, name="which_door"),
    path("new/<slug:name>/", view.door, name="door"),
    path("new/<slug:name>/draft/", view.keep, name="door_keep"),
    path("new/<slug:name>/read-back/", view.read_back, name="door_readback"),
]
