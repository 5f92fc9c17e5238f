"""Shared by the checks on domains: which of them are the government's own."""

GOVERNMENT = ENGLISH, CHINESE = (".gov.cn", ".xn--zfr164b")
"""Endings of the domain names of government sites; the second is .政务 in punycode."""

OF_INSTITUTIONS = (".cn", ".xn--55qw42g")
"""Endings that the rules of 2024 leave to institutions (事业单位); the second is .公益 in punycode."""
