"""What a web server starts. An installation that would put people at risk does not start."""

import os

from django.core.wsgi import get_wsgi_application

from amparo.people.guard import ensure_safe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.settings")

application = get_wsgi_application()
ensure_safe_start()
