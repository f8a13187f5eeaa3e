"""The entry for gunicorn: `imrsite.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from imrsite.required import insist

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imrsite.settings")
application = get_wsgi_application()
insist()
