"""Exports findings for people to judge, and imports their decisions."""
