"""The JSON routes against their own description: every answer is of the shape that it promises."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import given
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.newsroom import ARTICLES, application, fill

# Without a server between, nothing unpacks what is packed.
UNPACKED = {"Accept-Encoding": "identity"}


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> BaseSchema:
    """An application's own description."""
    folder = tmp_path_factory.mktemp("newsroom")
    fill(folder, *ARTICLES)
    return schemathesis.openapi.from_wsgi("/openapi.json", application(folder))


def fuzz_every_answer_is_as_described(described: BaseSchema) -> None:
    """Also for parameters that no reader would send; route by route.

    With `strict=1` times are refused that no reader of times understands, which schemas cannot say.
    """
    operations = [found.ok() for found in described.get_all_operations()]
    assert operations
    for operation in operations:

        @given(case=operation.as_strategy())
        def check(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=UNPACKED, excluded_checks=[positive_data_acceptance])

        check()
