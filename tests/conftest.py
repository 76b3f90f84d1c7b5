"""What every test shares: how long and how hard Hypothesis looks."""

from hypothesis import HealthCheck, settings

# No deadline: two test processes and a browser share two cores, so one slow example says nothing.
settings.register_profile(
    "house", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")
