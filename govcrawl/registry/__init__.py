"""The registry: the people's list of sites, sections, units and accounts, read and checked."""

from govcrawl.registry.model import (
    Account,
    ApprovedLink,
    Message,
    Problem,
    Registry,
    Section,
    Site,
    Submission,
    Ticket,
    Unit,
)

__all__ = [
    "Account",
    "ApprovedLink",
    "Message",
    "Problem",
    "Registry",
    "Section",
    "Site",
    "Submission",
    "Ticket",
    "Unit",
]
