"""The harvester: what a corpus names, as proposals for the authority that a person approves."""

from kg.harvest.approve import add_candidates
from kg.harvest.gather import harvest
from kg.harvest.observe import observe
from kg.harvest.turtle import write_candidates

__all__ = ["add_candidates", "harvest", "observe", "write_candidates"]
