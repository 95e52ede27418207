from collections.abc import Iterator

import pytest

from tests.sandbox.running import Running, running


@pytest.fixture(scope="session")
def _shared_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("authority")) as one:
        yield one


@pytest.fixture
def sandbox(_shared_sandbox: Running) -> Running:
    _shared_sandbox.reset()
    return _shared_sandbox
