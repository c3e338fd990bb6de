"""Errors, by whose move is next. Exceptions stop something; what is merely doubtful is an :class:`Issue`.

Only codes and numbers of our own go into messages that may be logged, never text from a document.
"""

from __future__ import annotations


class PipelineError(Exception):
    """Base of all our errors. ``code`` is stable and searchable; ``advice`` says what to do next."""

    code = "pipeline"
    advice = "Run `recordtrail doctor` and read docs/errors.md."

    def __init__(self, message: str, advice: str | None = None) -> None:
        super().__init__(message)
        if advice is not None:
            self.advice = advice


class ConfigurationError(PipelineError):
    """The operator's move; stops the run."""

    code = "configuration"


class RunInProgressError(ConfigurationError):
    """Another run holds the data folder."""

    code = "run_in_progress"


class ToolError(PipelineError):
    """A reader is missing or crashed; worth a retry, then stop."""

    code = "tool"


class WarehouseError(PipelineError):
    """An invariant is broken; nothing is published."""

    code = "warehouse"
    advice = "Nothing was published; the last snapshot still serves. Please report it: it is our mistake, not yours."


class MemoryLimitError(WarehouseError):
    """DuckDB was given too little memory; more may do."""

    code = "memory_limit"
    advice = "Set RECORDTRAIL_BUILD_MEMORY_BYTES higher and run again. Nothing was published; the last snapshot serves."


class DocumentError(PipelineError):
    """This one file cannot be read: record it, quarantine it, go on with the rest."""

    code = "document"


class EmptyFileError(DocumentError):
    code = "empty_file"
    advice = "The file has no bytes. Ask the agency to send it again, replace it in the inbox and run again."


class EncryptedError(DocumentError):
    code = "encrypted"
    advice = (
        'Put the password into release.toml: [files."NAME"] password = "…". Without one, ask the agency for an'
        " unlocked copy."
    )


class DamagedError(DocumentError):
    code = "damaged"
    advice = (
        "The file is truncated or damaged. Download it again; if it is damaged at the source, ask the agency for a new"
        " copy. Nothing of it was loaded."
    )


class WrongTypeError(DocumentError):
    code = "not_what_its_name_says"
    advice = "Rename the file after what it is (its first bytes decide) or ask the agency for the file that was meant."


class UnsupportedTypeError(DocumentError):
    code = "unsupported_type"
    advice = (
        "This kind of file is not read yet. Print it to PDF, unpack it into the folder of its release if it is an"
        " archive, or keep it: it stays in the store and is listed."
    )


class UnreadableHintError(DocumentError):
    code = "hint"
    advice = "Correct what release.toml says of this file; it is read again on the next run."


class TooLargeError(DocumentError):
    code = "too_large"
    advice = "Raise the limit named above in the settings if this file is trusted, then `recordtrail retry`."


class LimitError(DocumentError):
    """The child was stopped at its time, memory or output limit."""

    code = "limit_reached"
    advice = "Raise the limit named above in the settings if this file is trusted, then `recordtrail retry`."


class ReaderCrashedError(DocumentError):
    """The child died while parsing this file, twice in a row."""

    code = "reader_crashed"
    advice = "The file brings the PDF reader down. Re-save it as PDF with another program, or `recordtrail retry`."


DOCUMENT_ERRORS: dict[str, type[DocumentError]] = {
    error.code: error
    for error in (
        DocumentError,
        EmptyFileError,
        EncryptedError,
        DamagedError,
        WrongTypeError,
        UnsupportedTypeError,
        UnreadableHintError,
        TooLargeError,
        LimitError,
        ReaderCrashedError,
    )
}
"""By code, so that a child's error can be raised again in the parent."""
