"""What a document may do to a worker of a cluster, by its name."""

from __future__ import annotations

import os
import time

from kg.inputs import Task
from kg.pipeline import Made, made_of


def work(task: Task) -> Made:
    """A graph, no end, or the end of the process."""
    if task.name.startswith("hang"):
        time.sleep(120)
    if task.name.startswith("crash"):
        os._exit(3)
    return made_of(task)
