"""The table of `make bench-text`: recall and alarms per check and way, beside plain word matching, and what falls short."""

from benchmarks.text import copies, tampering, writing

MODULES = (writing, copies, tampering)


def main() -> None:
    rows = [row for module in MODULES for row in module.rows()]
    print(
        f"{'check':18} {'way':28} {'planted':>7} {'found':>6} {'recall':>7} {'clean':>6} {'alarms':>6}   plain words: found alarms"
    )
    for row in rows:
        recall = f"{row.found / row.planted:7.1%}" if row.planted else "      -"
        plain = "" if row.plain is None else f"   {row.plain:18} {row.plain_alarms or 0:6}"
        print(
            f"{row.check:18} {row.way:28} {row.planted:7} {row.found:6} {recall} {row.clean:6} {row.alarms:6}{plain}"
        )
    print("\nfalls short:")
    for row in rows:
        for why in row.missed[:3]:
            print(f"  {row.check} · {row.way}: {why}")


if __name__ == "__main__":
    main()
