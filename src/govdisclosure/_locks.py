"""Locks that are safe to fork under."""

from __future__ import annotations

import os
from threading import Lock


def fork_safe_lock() -> Lock:
    """A lock that no other thread holds while the process forks: in the child nobody would ever release it."""
    lock = Lock()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release)
    return lock
