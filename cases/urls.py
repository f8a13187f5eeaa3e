"""Addresses of cases and letters."""

from django.urls import path
from django.views.generic import RedirectView

from cases.views import case, cases, drawn, due, exports, facets, letters, uploads

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="case_list"), name="home"),
    path("cases/", cases.case_list, name="case_list"),
    path("cases/facets/", facets.case_facets, name="case_facets"),
    path("cases/export.csv", exports.case_csv, name="case_csv"),
    path("cases/items.csv", exports.item_csv, name="item_csv"),
    path("cases/<int:pk>/", case.case_detail, name="case"),
    path("cases/<int:pk>/summary.txt", case.case_summary, name="case_summary"),
    path("cases/<int:pk>/boxes.json", drawn.case_boxes, name="case_boxes"),
    path("cases/<int:pk>/received", due.case_received, name="case_received"),
    path("cases/<int:pk>/answer", due.case_answer, name="case_answer"),
    path("cases/<int:pk>/unanswer", due.case_unanswer, name="case_unanswer"),
    path("due/", due.due_list, name="due_list"),
    path("due/calendar", due.due_calendar, name="due_calendar"),
    path("due/calendar.ics", due.due_feed, name="due_feed"),
    path("letters/", letters.letter_list, name="letter_list"),
    path("letters/add/", uploads.letter_add, name="letter_add"),
    path("letters/retry", letters.letters_retry, name="letters_retry"),
    path("letters/cancel", letters.letters_cancel, name="letters_cancel"),
    path("letters/status.json", letters.letter_status, name="letter_status"),
    path("letters/<int:pk>/", letters.letter_detail, name="letter"),
    path("letters/<int:pk>/file", letters.letter_file, name="letter_file"),
    path("letters/<int:pk>/pages/<int:page>.png", drawn.letter_page, name="letter_page"),
]
