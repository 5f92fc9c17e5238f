"""The page styles, named after what stands out in them; a site's `style` names one of these."""

from tests.govweb.styles.base import Style
from tests.govweb.styles.cards import Cards
from tests.govweb.styles.datastore import Datastore
from tests.govweb.styles.drawn import Drawn
from tests.govweb.styles.entrance import Entrance
from tests.govweb.styles.info import Info
from tests.govweb.styles.lists import Lists
from tests.govweb.styles.table import Table

STYLES: dict[str, Style] = {
    style.name: style for style in (Lists(), Table(), Info(), Drawn(), Datastore(), Entrance(), Cards())
}

__all__ = ["STYLES", "Style"]
