"""Settings of the tests: those of a site, in a folder of each process's own, with a quick password hash."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="amparo-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
# Set, not defaulted: a worker of xdist inherits the environment of the process that started it.
os.environ["AMPARO_DATA"] = _folder
os.environ["AMPARO_TRAINING"] = "1"
os.environ["AMPARO_SECRET_KEY"] = "for the tests only, and long enough to be one: 0123456789 abcdefghij"

from amparo.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
