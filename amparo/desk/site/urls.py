from django.urls import path

from amparo.desk.site import view

urlpatterns = [path("site/", view.site, name="site")]
