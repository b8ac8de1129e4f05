"""A city with any number of messages, made by SQL in minutes: what `growth` measures pages on.

`draws` decides by the dice what happened to each message, `tables` writes the rows that follow
from it, `kept` keeps the finished databases below var/ for the next run.
"""
