"""A simulated government web: the fictional prefecture of Lanchuan, served over real sockets on loopback.

    with serve(day=date(2026, 3, 18), folder=tmp_path) as web:
        web.registry_dir      # sites, sections, accounts … as an office would keep them
        web.resolve_file      # for --resolve @FILE: every name as it stands on the night of `day`
        web.confessed(night=0)  # the findings that night must produce, no more and no fewer

`python -m tests.govweb --help` serves it by hand, prints the confession, and plays the demo.
Each folder under `sites/` is one site with its confession; `docs/simulated-web.md` explains the format.
"""

from tests.govweb.web import GovWeb, serve

__all__ = ["GovWeb", "serve"]
