"""What is found of planted faults in texts and pages, and how often clean ones are accused: `make bench-text`.

A module measures one class of checks: `rows()` gives its lines of the table. A module that is added is named in `__main__`.
"""

from dataclasses import dataclass, field


@dataclass
class Row:
    """One way of one check: `found` of `planted`, `alarms` on `clean` pages that hold nothing of the kind."""

    check: str
    way: str
    planted: int
    found: int
    clean: int = 0
    alarms: int = 0
    plain: int | None = None  # what matching the words alone finds of the planted
    plain_alarms: int | None = None
    missed: list[str] = field(default_factory=list)  # why something falls short, a few examples
