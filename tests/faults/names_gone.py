"""Two nights inside `own_network`, the name server silent from the second on: prints how they ended and what status says.

Argument: a folder for registry and data.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.faults.own_network import PUBLIC, NameServer, WebServer

SITES = 12  # the publish gate compares ten and more
PAGE = (
    "<html><meta charset=utf-8><title>某部门</title><body><h1>某部门</h1>"
    + "<p>这里是部门网站的首页,介绍本部门的职能和联系方式。</p>" * 20
    + "".join(f"<p><a href=/{name}.html>机构职能{name}</a></p>" for name in "abcdefgh")
)


def govcrawl(*words: object) -> tuple[int, str]:
    command = [sys.executable, "-m", "govcrawl", *map(str, words)]
    contact = {"GOVCRAWL_CONTACT": "web@ceshi.gov.cn"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | contact)
    return done.returncode, done.stdout + done.stderr


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    registry, data = folder / "registry", folder / "data"
    registry.mkdir()
    rows = [f"33010000{n:02},站{n},http://www.bumen{n}.gov.cn/,部门{n}" for n in range(1, SITES + 1)]
    (registry / "sites.csv").write_text("\n".join(["site_code,name,home_url,unit", *rows]), "utf-8")
    names = NameServer(lambda name, _: [PUBLIC] if "bumen" in name else [])
    web = WebServer(PUBLIC, PAGE)
    quick = [
        "DOWNLOAD_DELAY=0",
        "AGAIN_PAUSE_S=0",
        "LINK_CONFIRM_S=0.1",
        "CONTROL_PAGES=False",
        "DNS_TIMEOUT=2",
    ]
    settings = [word for setting in quick for word in ("-s", setting)]
    seen = {}
    for day in ("2026-11-21", "2026-11-22"):
        here = ["--registry", registry, "--data", data, "--as-of", day, "--any-day"]
        seen[day] = govcrawl("nightly", *here, *settings)
        seen[f"status {day}"] = govcrawl("status", "--data", data)
        names.silent.set()
    copy = (data / "published" / "latest.duckdb").resolve()
    json.dump(
        seen | {"copies": sorted(path.name for path in copy.parent.glob("2*")), "latest": copy.name},
        sys.stdout,
    )
