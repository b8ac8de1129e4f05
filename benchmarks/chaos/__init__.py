"""Kills at random, and the books after every round: what `./portal chaos` does.

A portal of its own (PostgreSQL that keeps its promises, Valkey, web, worker, clock, a mail server
that counts) under people who send the form and officers who answer. The fault tests use the same
house, browser and mail server.
"""
