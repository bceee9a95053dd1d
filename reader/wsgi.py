"""The WSGI application that the web server loads."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reader.settings")

application = get_wsgi_application()
# Django would load the views with the first request, in each worker anew; loaded before the web
# server forks its workers, they are in memory once.
import_module(settings.ROOT_URLCONF)
