"""Errors as pages: what happened, what to do; never a traceback, and nothing unescaped."""

from __future__ import annotations

import duckdb
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from records.errors import ConfigurationError, DocumentError, PipelineError
from review.errors import DecidedMeanwhileError, DecisionError
from review.web.views import UNSURE, page
from warehouse.trace_chain import UnknownIdError

_LOST = (
    "Was the whole id copied? It looks like 0123456789abcdef-p00012-r003: document, page, row (r) or mark (m) of the"
    " page; or it ends in -list. Where the document was read anew and nothing is read at that place now, look at the"
    " page itself: the citation names its file, which stands under Documents."
)
_UNKNOWN = "Nothing here has this address."


def register(app: FastAPI) -> None:
    """Have all errors of pages shown by this module."""
    app.add_exception_handler(PipelineError, _pipeline)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(duckdb.InterruptException, _interrupted)
    app.add_exception_handler(duckdb.OutOfMemoryException, _too_much)


def status_of(error: PipelineError) -> int:
    """The HTTP status that tells of *error*."""
    match error:
        case UnknownIdError():
            return 404
        case DecidedMeanwhileError():
            return 409
        case DecisionError() | DocumentError():
            return 422
        case ConfigurationError():
            return 503
        case _:
            return 500


def shown(request: Request, status: int, message: str, advice: str = "") -> HTMLResponse:
    """The page of an error."""
    return page(request, "error.html", status_code=status, status=status, message=message, advice=advice, section="")


def _pipeline(request: Request, error: Exception) -> Response:
    assert isinstance(error, PipelineError)
    if isinstance(error, UnknownIdError):  # its advice is for the command line
        return shown(request, 404, "There is no row, mark or list with this id in the published snapshot.", _LOST)
    return shown(request, status_of(error), str(error), error.advice)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = _UNKNOWN if error.status_code == 404 and error.detail == "Not Found" else str(error.detail)
    return shown(request, error.status_code, message)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    is_address = any(one["loc"][0] == "path" for one in error.errors())
    # Never what was sent: it may be megabytes, or somebody's attempt.
    return shown(request, 404, _UNKNOWN) if is_address else shown(request, 422, "The form does not say what it has to.")


def _interrupted(request: Request, error: Exception) -> Response:
    return _in_vain(request, "The answer took too long.", "Ask for less, or again when the machine is less busy.")


def _too_much(request: Request, error: Exception) -> Response:
    return _in_vain(request, "The answer takes more memory than it may.", "What is asked for holds too much text.")


def _in_vain(request: Request, message: str, advice: str) -> Response:
    return shown(request, 503, message, f"{advice} {UNSURE}" if request.method == "POST" else advice)
