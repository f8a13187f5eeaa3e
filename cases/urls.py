"""Addresses of cases and letters."""

from django.urls import include, path

from cases.views import case, cases, desk, drawn, due, facets, letters, uploads

urlpatterns = [
    path("", desk.home, name="home"),
    path("cases/", cases.case_list, name="case_list"),
    path("cases/facets/", facets.case_facets, name="case_facets"),
    path("", include("cases.export_urls")),
    path("cases/<int:pk>/", case.case_detail, name="case"),
    path("cases/<int:pk>/summary.txt", case.case_summary, name="case_summary"),
    path("cases/<int:pk>/boxes.json", drawn.case_boxes, name="case_boxes"),
    path("cases/<int:pk>/values-<int:page>.json", drawn.case_values, name="case_values"),
    path("cases/<int:pk>/received", due.case_received, name="case_received"),
    path("cases/<int:pk>/answer", due.case_answer, name="case_answer"),
    path("cases/<int:pk>/unanswer", due.case_unanswer, name="case_unanswer"),
    path("due/", due.due_list, name="due_list"),
    path("due/calendar", due.due_calendar, name="due_calendar"),
    path("due/calendar.ics", due.due_feed, name="due_feed"),
    path("cases/settings", desk.list_settings, name="list_settings"),
    path("views/", desk.view_list, name="view_list"),
    path("views/save", desk.view_save, name="view_save"),
    path("views/<int:pk>/", desk.view_open, name="view"),
    path("views/<int:pk>/rename", desk.view_rename, name="view_rename"),
    path("views/<int:pk>/first", desk.view_first, name="view_first"),
    path("views/<int:pk>/delete", desk.view_delete, name="view_delete"),
    path("letters/", letters.letter_list, name="letter_list"),
    path("letters/add/", uploads.letter_add, name="letter_add"),
    path("letters/retry", letters.letters_retry, name="letters_retry"),
    path("letters/cancel", letters.letters_cancel, name="letters_cancel"),
    path("letters/status.json", letters.letter_status, name="letter_status"),
    path("letters/<int:pk>/", letters.letter_detail, name="letter"),
    path("letters/<int:pk>/file", letters.letter_file, name="letter_file"),
    path("letters/<int:pk>/pages/<int:page>.png", drawn.letter_page, name="letter_page"),
]
