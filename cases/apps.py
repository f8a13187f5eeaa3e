"""The app through which letters come in and people look at them."""

from django.apps import AppConfig
from django.core.signals import request_finished
from django.db.models.signals import post_migrate


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Letters and cases"

    def ready(self) -> None:
        from cases import checks  # noqa: F401 - registers the start-up checks
        from cases.groups import sync_groups
        from cases.keeping import keep_after_the_first_pages

        post_migrate.connect(sync_groups, sender=self)
        request_finished.connect(keep_after_the_first_pages)
