"""A gateway alone in its process: says its port, then serves until its standard input ends. Argument: a RESOLVE rule."""

import asyncio
import sys

from twisted.internet import asyncioreactor


def main() -> None:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    asyncioreactor.install(loop)
    from twisted.internet import reactor  # noqa: PLC0415 - installed just now

    from govcrawl.network.gateway import Gateway  # noqa: PLC0415
    from govcrawl.network.resolve import Resolver  # noqa: PLC0415
    from govcrawl.network.resolve_rules import parse_resolve  # noqa: PLC0415

    Resolver(reactor, parse_resolve(sys.argv[1:]), 5.0).install_on_reactor()

    async def serve() -> None:
        gateway = Gateway()
        sys.stdout.write(f"{await gateway.start()}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)
        gateway.close()

    loop.run_until_complete(serve())


if __name__ == "__main__":
    main()
