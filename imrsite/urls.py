"""Addresses."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path
from django.views.generic import TemplateView

from cases.views import tokens
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
    path("help/", TemplateView.as_view(template_name="help/help.html"), name="help"),
    path("account/tokens/", tokens.token_list, name="token_list"),
    path("account/tokens/<int:pk>/revoke", tokens.token_revoke, name="token_revoke"),
    path("api/v1/", include("cases.api.urls")),
    path("", include("cases.urls")),
]
