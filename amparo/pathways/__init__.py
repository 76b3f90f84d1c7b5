"""What may happen: the pathway language, its reader, rules and checks. Pure: no case, person or database."""
