"""Accounts, sites, mandates, and the sealed store of who people are. Knows no pathway and no case."""
