"""What may happen: the pathway language, its reader, its rules and its checks. Pure: no case, person, database or clock."""
