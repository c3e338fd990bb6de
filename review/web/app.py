"""The application: its layers from the outside in, and its pages."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from fastapi import Depends, FastAPI
from starlette.middleware import Middleware
from starlette.staticfiles import StaticFiles

from review.web import faults
from review.web.asking import check_csrf
from review.web.guard import Guard
from review.web.house import House
from review.web.pages import decisions, documents, double, login, morning, pictures, queue, trace, value
from review.web.pictures import Pictures
from review.web.sessions import SessionMiddleware, Sessions
from review.web.snapshots import Snapshots

PAGES = (login, pictures, morning, trace, queue, value, decisions, double, documents)
"""Modules with a ``router``, in the order in which their addresses are tried."""


def create_app(house: House) -> FastAPI:
    """The review page of one data folder."""
    sessions = Sessions(house)
    snapshots = Snapshots(house.snapshot, house.query_seconds)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        snapshots.close()

    app = FastAPI(
        title="Recordtrail",
        openapi_url=None,  # and with it, no pages that load scripts from elsewhere
        lifespan=lifespan,
        dependencies=[Depends(check_csrf)],
        middleware=[
            Middleware(Guard, house=house),
            Middleware(SessionMiddleware, sessions=sessions),
        ],
    )
    app.state.house = house
    app.state.sessions = sessions
    app.state.snapshots = snapshots
    app.state.pictures = Pictures(house.pictures, house.draw, house.pictures_bytes)
    app.state.pictures.forget_leftovers()
    app.mount("/static", StaticFiles(packages=[("review.web", "static")]))
    for module in PAGES:
        app.include_router(module.router)
    faults.register(app)
    return app
