"""The app that holds what letters say."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = "Reviews"

    def ready(self) -> None:
        from reviews.catalogue import sync_catalogue

        post_migrate.connect(sync_catalogue, sender=self)
