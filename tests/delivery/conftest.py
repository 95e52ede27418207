from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivery.places import Place
from tests.sandbox.running import Running, running


@pytest.fixture(scope="session")
def _shared_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("authority")) as one:
        yield one


@pytest.fixture
def place(_shared_sandbox: Running, tmp_path: Path) -> Place:
    """A project whose environment 'sandbox' is a sandbox as new."""
    _shared_sandbox.reset()
    return Place(tmp_path.resolve(), _shared_sandbox)
