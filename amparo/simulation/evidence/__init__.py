"""Evidence: every number of a simulation, once, with its distribution, unit, source, date, place and quality.

`read_evidence` reads what lies beside a pathway's definition.
"""

from amparo.simulation.evidence.model import Evidence, Ref, Value
from amparo.simulation.evidence.reader import read_evidence, read_evidence_text

__all__ = ["Evidence", "Ref", "Value", "read_evidence", "read_evidence_text"]
