"""Shared by the checks on domains: which of them are the government's own."""

GOVERNMENT = (".gov.cn", ".xn--zfr164b")
"""Endings of the domain names of government sites; the second is .政务 in punycode."""
