"""Findings out for people to judge, their decisions back in."""
