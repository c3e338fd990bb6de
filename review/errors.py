"""What can go wrong when somebody decides."""

from __future__ import annotations

from records.errors import ConfigurationError, WarehouseError


class DecisionError(ConfigurationError):
    """The decision makes no sense, or is about nothing that is there; nothing was logged."""

    code = "decision"
    advice = "Nothing was logged. `recordtrail trace <id>` shows what was read."


class DecidedMeanwhileError(DecisionError):
    """Somebody else decided on the value after the reviewer had looked at it."""

    code = "decided_meanwhile"
    advice = "Nothing was logged. Look at the other decision, then decide again if you disagree."


class ReadAnewError(DecidedMeanwhileError):
    """The reviewer has not seen what is read of the value, or said of it, now."""

    code = "read_anew"
    advice = "Nothing was logged. Look at what is shown now, say that you have, and decide on that."


class DecisionLogError(WarehouseError):
    """The decision log is not the one that was written: changed, cut off or not there."""

    code = "decision_log"
    advice = (
        "Nothing was published; the last snapshot still serves. Put back `decisions.db` from a backup: see"
        " docs/operations.md, Backup. What was decided is also beside every snapshot, as .decisions.jsonl."
    )
