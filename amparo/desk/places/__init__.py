"""Places: how many are used, how many are free, who is next and why."""
