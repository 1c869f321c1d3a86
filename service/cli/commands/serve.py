"""`wattcite serve`: run the HTTP service."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

import click

from service.cli.errors import Exit
from service.cli.logs import configured
from service.cli.opening import verified
from service.settings import Settings

_TRY = "/v1/calculators/energy_equivalents?energy=chatgpt&region=US"
_ANY = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - listening everywhere is reached from here too


@click.command()
@click.option("--host", help="Address to listen on; else WATTCITE_HOST, else 127.0.0.1.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port, 0 for any free one; else WATTCITE_PORT, else 8000.")
@click.option("--workers", type=click.IntRange(1), help="Worker processes; else WATTCITE_WORKERS, else 1.")
@click.pass_context
def command(ctx: click.Context, host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the HTTP interface and the pages until interrupted."""
    settings = Settings.load()
    if settings.guarded:
        from service.api.access import Access  # noqa: PLC0415 - a service without keys and limits needs none of it

        Access.check(settings)  # here, where all that is wrong can be told at once
    verified(settings)  # before the workers start, so that none waits for another
    try:
        listening = host or settings.host, settings.port if port is None else port
        with _counting_together(settings, workers or settings.workers):
            _serve(*listening, workers or settings.workers, configured(settings.log))
    except SystemExit:
        ctx.exit(Exit.UNABLE)  # told in the log; uvicorn's own code for it would mean here that nothing is known


@contextmanager
def _counting_together(settings: Settings, workers: int) -> Iterator[None]:
    """A folder in which several workers count, so that whichever is asked for metrics tells of all."""
    if not settings.metrics or workers == 1:
        yield
        return
    with TemporaryDirectory(prefix="wattcite-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


def _serve(host: str, port: int, workers: int, logs: dict[str, Any]) -> None:
    """Listen, say where, and serve. Raises SystemExit where that fails."""
    import uvicorn  # noqa: PLC0415 - slow to import, and not for `--help`
    from uvicorn.supervisors import Multiprocess  # noqa: PLC0415

    config = uvicorn.Config(
        "service.serving:served",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        proxy_headers=False,  # the application does that by itself
        access_log=False,  # likewise
        ws="none",  # nothing here speaks it; a request to change to it is answered as one that does not ask for that
        log_config=logs,
    )
    listening = config.bind_socket()
    listening.listen(config.backlog)  # whoever follows the line below at once waits instead of being refused
    address = _address(host, listening.getsockname()[1])
    os.environ.setdefault("WATTCITE_PUBLIC_URL", address)
    click.echo(f"Try: curl '{address}{_TRY}'")
    server = uvicorn.Server(config)
    try:
        if workers > 1:
            Multiprocess(config, sockets=[listening]).run()
        else:
            server.run(sockets=[listening])
    except KeyboardInterrupt:
        return  # by then uvicorn has shut down, and only passes the signal on
    if workers == 1 and not server.started:
        raise SystemExit


def _address(host: str, port: int) -> str:
    reached = _ANY.get(host, host)
    return f"http://[{reached}]:{port}" if ":" in reached else f"http://{reached}:{port}"
