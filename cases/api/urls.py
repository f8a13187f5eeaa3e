"""The API's addresses, and its description."""

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import IsAuthenticated

from cases.api import views
from cases.views import tokens

schema = SpectacularJSONAPIView.as_view(
    authentication_classes=[SessionAuthentication, *SpectacularJSONAPIView.authentication_classes],
    permission_classes=[IsAuthenticated],
)

urlpatterns = [
    path("", tokens.api_docs, name="api_docs"),
    path("schema.json", schema, name="api_schema"),
    path("cases/", views.Cases.as_view(), name="api_cases"),
    path("cases/<int:pk>/", views.OneCase.as_view(), name="api_case"),
    path("items/", views.Items.as_view(), name="api_items"),
    path("letters/", views.Letters.as_view(), name="api_letters"),
    path("letters/<int:pk>/", views.OneLetter.as_view(), name="api_letter"),
    path("guidelines/", views.Guidelines.as_view(), name="api_guidelines"),
    path("treatments/", views.Treatments.as_view(), name="api_treatments"),
]
