"""What all tests share: where the measuring data is, if it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"

# Deadlines would measure the machine, and machines are shared.
settings.register_profile("bahith", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("bahith")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of measuring data; the test skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the measuring data is not at ../shared/data")
    return SHARED
