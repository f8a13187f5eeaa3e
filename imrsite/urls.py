"""Addresses."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from imrsite import health, required  # noqa: F401 - required registers its check

admin.site.site_header = "imrsite administration"
admin.site.site_title = "imrsite"
admin.site.index_title = "Letters, cases and people"

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("login/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("admin/", admin.site.urls),
    path("", include("cases.urls")),
]
