from django.urls import path

from amparo.desk.rights import view

urlpatterns = [path("case/<str:case_id>/rights/", view.rights, name="rights")]
