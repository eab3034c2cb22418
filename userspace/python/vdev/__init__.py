# SPDX-License-Identifier: LGPL-2.1
"""libvdev for Python: reads the migration capability of the virtual devices of this host, and
judges whether one can load the state of another. The library judges; nothing here does."""

from ._version import VERSION as __version__
from .baselines import baseline
from .connection import Connection
from .declaration import Declaration, is_token
from .document import Document, Exported, Host
from .endpoint import Endpoint
from .errors import (Absent, BrokenReply, Inconsistent, Malformed, NotFound, Stale, VdevError)
from .filters import Filter
from .judgement import Finding, Judgement, Rank, judge
from .matrices import matrix
from .monitor import Event, Monitor
from .plans import Plan, plan
from .profiles import Profile
from .ranking import Ranked, rank
from .statistics import DeviceStatistics, Statistics
from .words import (CAPABILITIES, CODES, EVENTS, FIELDS, KINDS, MIGRATIONS, REASONS, RESULTS,
                    RULES, VERDICTS, feature_bits)

__all__ = [
    "Absent", "BrokenReply", "CAPABILITIES", "CODES", "Connection", "Declaration",
    "DeviceStatistics", "Document", "EVENTS", "Endpoint", "Event", "Exported", "FIELDS", "Filter",
    "Finding", "Host", "Inconsistent", "Judgement", "KINDS", "MIGRATIONS", "Malformed", "Monitor",
    "NotFound", "Plan", "Profile", "REASONS", "RESULTS", "RULES", "Rank", "Ranked", "Stale",
    "Statistics", "VERDICTS", "VdevError", "__version__", "baseline", "feature_bits", "is_token",
    "judge", "matrix", "plan", "rank",
]
