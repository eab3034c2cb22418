# SPDX-License-Identifier: LGPL-2.1
"""What the library calls for each item of a list, which it lends."""

import errno
from collections.abc import Callable
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")


class Collected(Generic[Item]):
    """Copies of the items. An exception ends the call, and is kept for who made that."""

    def __init__(self, copy: Callable[[Any], Item]) -> None:
        self._copy = copy
        self.items: list[Item] = []
        self.failure: BaseException | None = None

    def __call__(self, lent: Any, _arg: Any) -> int:
        try:
            self.items.append(self._copy(lent))
        except BaseException as failure:
            self.failure = failure
            return -errno.ECANCELED
        return 0
