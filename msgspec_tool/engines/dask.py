"""Shards on the workers of a Dask cluster: a scheduler for :func:`~msgspec_tool.shards.rendering.render_shard`, and nothing more.

Whoever can reach a scheduler can run code on its workers, as its own documentation says. A cluster that is started here listens on
loopback only, and takes nobody in but this process and its workers: their certificates are made for it and kept in memory.
"""

from __future__ import annotations

import gc
import logging
import re
import signal
import tempfile
import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from msgspec_tool.errors import ToolError, UsageError
from msgspec_tool.rendering.options import processors
from msgspec_tool.shards.contract import Job, Shard, ShardResult
from msgspec_tool.shards.rendering import prepare, render_shard

if TYPE_CHECKING:
    from distributed import Client, Future

_NEEDED = ("dask", "distributed", "fsspec", "cryptography")

_CONNECT_SECONDS = 10
"""How long a scheduler is waited for."""

_WORKER_SECONDS = 60
"""How long workers are waited for where there is none: clusters that grow on demand need a while."""

_THREADS = 2
"""Of each process of a cluster on this machine: while one renders, the other one brings what it has rendered to disk."""

_LOADED = (
    "distributed.nanny",
    "msgspec_tool.shards.rendering",
    "msgspec_tool.stages.analyse",
    "msgspec_tool.templates.running.evaluation",
    "msgspec_tool.schema.validation",
    "msgspec_tool.batches.planning",
    "msgspec_tool.batches.blocks",
)
"""What every worker needs: it is loaded once, by the process that workers are forked from."""

_AHEAD = 3
"""Shards on their way for each thread of the workers: enough that none idles, few enough that a refused row ends it soon."""

_LEAST_AHEAD = 16
"""The same for all of them: a cluster that grows on demand has to see a demand."""


class DaskEngine:
    """The workers of a scheduler, or without an address so many processes of this machine. They are started when they are needed."""

    def __init__(self, address: str | None = None, jobs: int | None = None) -> None:
        require_dask()
        self._address = address
        self._jobs = jobs
        self._stack = ExitStack()
        self._client: Client | None = None

    def __enter__(self) -> DaskEngine:
        if self._address is None:
            _begin_loading()
        return self

    def __exit__(self, *_: object) -> None:
        self._client = None
        self._stack.close()

    def start(self) -> Client:
        """Connect, once. ``ToolError`` where the scheduler does not answer, or has no workers."""
        if self._client is None:
            self._stack.enter_context(_silence())
            self._client = self._stack.enter_context(_local(self._jobs) if self._address is None else _remote(self._address))
            if not gc.isenabled():
                # a connection makes garbage for as long as the campaign lasts; what is loaded now is none
                gc.freeze()
                gc.enable()
        return self._client

    def __call__(self, job: Job, shards: Iterable[Shard]) -> Iterator[ShardResult]:
        """See :data:`~msgspec_tool.shards.renders.Engine`."""
        client = self.start()
        _check(client, job)
        ahead = max(_AHEAD * sum(client.nthreads().values()), _LEAST_AHEAD)
        run, waiting = uuid4().hex[:8], deque[Any]()
        try:
            for shard in shards:
                if len(waiting) == ahead:
                    yield _result(waiting.popleft())
                key = f"render_shard-{job.name}-{shard.number:06d}-{run}"
                waiting.append(client.submit(render_shard, job, shard, key=key, pure=False))
            while waiting:
                yield _result(waiting.popleft())
        except GeneratorExit:
            _leave(client, list(waiting))
            raise
        finally:
            client.cancel(list(waiting), force=True)


def require_dask() -> None:
    """``UsageError`` naming the extra where a library of it is not installed."""
    missing = next((name for name in _NEEDED if find_spec(name) is None), None)
    if missing is not None:
        raise UsageError(f"--engine dask needs '{missing}', which is not installed", help="pip install 'msgspec-tool[dask]'")


# --- clusters ---


def _begin_loading() -> None:
    """Have another process load what workers need, while this one reads the spec: workers are forked from it.

    That process runs no thread, which makes the forks safe. It is deaf to Ctrl-C, which reaches every process of a terminal: it ends
    with this one.
    """
    from multiprocessing import forkserver, resource_tracker

    forkserver.set_forkserver_preload(list(_LOADED))
    # started by itself, because it ends with no signal blocked
    resource_tracker.ensure_running()
    with _uninterrupted(signal.SIGINT):
        forkserver.ensure_running()


@contextmanager
def _uninterrupted(*signals: signal.Signals) -> Iterator[None]:
    """These signals wait, and whatever process or thread is started here never learns of them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _silence() -> Iterator[None]:
    """Nothing that Dask logs or warns of reaches the terminal: what matters of it is said in the words of the command."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            logging.disable(before)


@contextmanager
def _local(jobs: int | None) -> Iterator[Client]:
    import dask
    from distributed import Client, LocalCluster

    with ExitStack() as stack:
        stack.enter_context(dask.config.set({"distributed.worker.multiprocessing-method": "forkserver"}))
        # half of a cluster can't be ended
        with _uninterrupted(signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            cluster = LocalCluster(
                n_workers=jobs or processors(),
                threads_per_worker=_THREADS,
                host="127.0.0.1",
                security=True,
                dashboard_address=None,
                memory_limit=0,
                local_directory=stack.enter_context(tempfile.TemporaryDirectory(prefix="msgspec-")),
                preload=["msgspec_tool.engines.quiet"],
            )
            client = stack.enter_context(Client(stack.enter_context(cluster)))
        yield client


@contextmanager
def _remote(address: str) -> Iterator[Client]:
    """A client with the security of Dask's own configuration."""
    from distributed import Client

    try:
        client = Client(address, timeout=_CONNECT_SECONDS)
    except Exception as error:
        words = f"the scheduler '{address}' can't be reached: {_first_line(error)}"
        raise ToolError(words, help="a scheduler is started with `dask scheduler`; its address is like tcp://host:8786") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_WORKER_SECONDS)
        except TimeoutError as error:
            raise ToolError(f"the scheduler '{address}' has no workers", help=f"start one with `dask worker {address}`") from error
        yield client


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


# --- before the first shard ---


def _check(client: Client, job: Job) -> None:
    """Every worker has what shards need, and reads what they read."""
    _check_versions(client.get_versions())
    for worker, said in client.run(prepare, job, on_error="return").items():
        if isinstance(said, ToolError):
            said.message = f"worker {worker}: {said.message}"
            raise said
        if isinstance(said, BaseException):
            raise _failed(said, f"worker {worker}")


def _check_versions(found: Mapping[str, Any]) -> None:
    """Dask speaks to itself only in one version, and what it carries is read by one version of Python only."""
    ours = found["client"]
    others = {"the scheduler": found["scheduler"], **{f"worker {name}": one for name, one in found["workers"].items()}}
    for name, theirs in others.items():
        for what, version in _compared(ours).items():
            other = _compared(theirs).get(what)
            if other != version:
                raise UsageError(
                    f"{name} has {what} {other}, and {version} is here", help="install the same versions here and on the cluster"
                )


def _compared(versions: Mapping[str, Any]) -> dict[str, str]:
    packages = versions["packages"]
    return {"python": ".".join(packages["python"].split(".")[:2]), "distributed": packages["distributed"]}


# --- results ---


def _result(future: Future) -> ShardResult:
    try:
        result: ShardResult = future.result()
    except ToolError:
        raise
    except Exception as error:
        raise _failed(error, "the cluster") from error
    return result


def _failed(error: BaseException, who: str) -> ToolError:
    """What is no failure of a shard's own."""
    from asyncio import CancelledError as TaskCancelledError
    from concurrent.futures import CancelledError

    from distributed import KilledWorker
    from distributed.comm.core import CommClosedError

    # what a worker can't even read comes as text
    found = re.search(r"No module named '(\w+)", str(error))
    if found is not None:
        missing = found[1]
        return UsageError(
            f"{who} lacks '{missing}'", help="install msgspec-tool in the same version there: pip install 'msgspec-tool[dask]'"
        )
    if isinstance(error, KilledWorker):
        return ToolError("workers died again and again over the same shard", help="look at their memory; try --engine local --jobs 1")
    if isinstance(error, (CancelledError, TaskCancelledError, CommClosedError, OSError)):
        return ToolError("the connection to the scheduler is lost", help="run it again: finished shards are kept")
    return ToolError(f"{who} failed: {type(error).__name__}")


def _leave(client: Client, waiting: list[Any]) -> None:
    """Nobody wants more results: shards that nobody works on are dropped, the others are waited for, as their files are removed next."""
    from distributed import wait

    running = {key for keys in client.processing().values() for key in keys}
    client.cancel([future for future in waiting if future.key not in running], force=True)
    wait([future for future in waiting if future.key in running])
