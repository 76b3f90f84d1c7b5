"""What the makers of Amparo run; nothing here is needed by a running site."""
