"""Addresses of what can be taken away."""

from django.urls import path

from cases.views import export_files, export_page, exports

urlpatterns = [
    path("cases/export.csv", exports.case_csv, name="case_csv"),
    path("cases/items.csv", exports.item_csv, name="item_csv"),
    path("cases/citations.csv", exports.citation_csv, name="citation_csv"),
    path("cases/export/", export_page.case_export, name="case_export"),
    path("exports/", export_files.export_list, name="export_list"),
    path("exports/<int:pk>/", export_files.export_detail, name="export"),
    path("exports/<int:pk>/status.json", export_files.export_status, name="export_status"),
    path("exports/<int:pk>/file", export_files.export_file, name="export_file"),
    path("exports/<int:pk>/cancel", export_files.export_cancel, name="export_cancel"),
    path("exports/<int:pk>/delete", export_files.export_delete, name="export_delete"),
]
