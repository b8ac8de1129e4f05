"""The open interface: other apps speak for citizens, and anybody reads what is public."""
