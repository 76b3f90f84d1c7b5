from django.urls import path

from amparo.desk.letters import view

urlpatterns = [
    path("case/<str:case_id>/letter/<str:letter_id>/", view.letter, name="letter"),
    path("case/<str:case_id>/letter/<str:letter_id>/letter.pdf", view.pdf, name="letter_pdf"),
]
