from django.urls import path

from amparo.desk.signin import view

urlpatterns = [
    path("signin/", view.signin, name="signin"),
    path("signin/as/", view.pick, name="signin_as"),
    path("me/", view.me, name="me"),
    path("me/post/", view.change_post, name="change_post"),
    path("blank/", view.blank, name="blank"),
]
