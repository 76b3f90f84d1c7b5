"""Who works on a case, and the form by which somebody is given a part in it."""
