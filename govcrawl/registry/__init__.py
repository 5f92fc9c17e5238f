"""The registry: the people's list of sites, sections, units and accounts, read and checked."""

from govcrawl.registry.folder import init_registry, load_registry, read_registry
from govcrawl.registry.model import (
    Account,
    ApprovedLink,
    Message,
    Registry,
    RegistryProblem,
    Reprimand,
    Section,
    SelfCheck,
    Site,
    SpotCheck,
    Submission,
    Ticket,
    Unit,
    WorkingDay,
)
from govcrawl.registry.store import store_registry, stored_registry

__all__ = [
    "Account",
    "ApprovedLink",
    "Message",
    "Registry",
    "RegistryProblem",
    "Reprimand",
    "Section",
    "SelfCheck",
    "Site",
    "SpotCheck",
    "Submission",
    "Ticket",
    "Unit",
    "WorkingDay",
    "init_registry",
    "load_registry",
    "read_registry",
    "store_registry",
    "stored_registry",
]
