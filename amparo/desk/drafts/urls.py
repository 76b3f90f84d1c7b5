from django.urls import path

from amparo.desk.drafts import view

urlpatterns = [
    path("drafts/", view.mine, name="drafts"),
    path("drafts/throw/", view.throw, name="throw_draft"),
]
