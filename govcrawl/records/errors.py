"""Errors that a user of govcrawl can cause or run into. Their messages are written for that user.

UserError                 input or surroundings are wrong; exit code 1, message without traceback
├── RegistryError         the registry has errors (every one is listed)
├── FolderError           a folder that should be whole is torn, altered or cannot be written
│   └── RunError          a run folder is unfinished, altered or of unknown shape
├── WarehouseError        warehouse or published copy cannot be used
├── EditionError          an edition of the indicators is unknown or malformed
└── BusyError             another process holds what this one needs
PublishHeld               the publish gate held the run back; exit code 3
"""


class UserError(Exception):
    """Raised where input or surroundings are wrong; the message names file, line, value and remedy."""


class RegistryError(UserError):
    """Raised by `govcrawl.registry.load_registry` when the registry has errors."""


class FolderError(UserError):
    """Raised by `govcrawl.records.whole` for a folder or file that is not whole, or cannot be made so."""


class RunError(FolderError):
    """Raised by `govcrawl.records.runs` and the loader for a folder that cannot be used as a run."""


class WarehouseError(UserError):
    """Raised by `govcrawl.warehouse` when a database file cannot be opened, written or trusted."""


class EditionError(UserError):
    """Raised by `analytics.editions.chosen` when an edition is unknown, malformed or names unknown checks."""


class BusyError(UserError):
    """Raised when another process holds the data directory."""


class PublishHeld(Exception):  # noqa: N818 - not an error: the night is done, its publication waits
    """Raised by `govcrawl.warehouse.publish` when the gate holds a run back."""
