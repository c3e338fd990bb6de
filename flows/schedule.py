"""`recordtrail schedule`: a server and a runner of our own that start the nightly by cron, until stopped."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

from flows.exit_codes import ExitCode
from flows.paths import data_folder
from flows.prefect_server import prefect_server, set_environment, wait_until_ready
from flows.settings import Settings
from flows.tether import SCHEDULER_VARIABLE
from records.errors import ConfigurationError

_ADVICE = (
    'Five fields: minute, hour, day of the month, month, day of the week. "0 2 * * *" is 02:00 every day.'
    " A time zone is a name such as America/Chicago."
)


def serve_nightly(settings: Settings, is_verbose: bool) -> None:
    """Run the nightly on the settings' data folder by its cron expression, until KeyboardInterrupt or SystemExit.

    Raises ConfigurationError for a schedule that cannot be kept, and for a folder without an inbox.
    """
    folder = data_folder(settings.data)
    folder.require_inbox()
    folder.create()
    set_environment(folder, is_verbose)
    # Prefect reads the server's address when it is imported: the server is started first, and waited for last.
    with prefect_server(folder, settings):
        from prefect.runner import Runner
        from prefect.schedules import Cron
        from prefect.types.entrypoint import EntrypointType

        from flows.nightly_flow import nightly

        try:
            schedule = Cron(settings.schedule_cron, timezone=settings.schedule_time_zone)
        except ValueError as error:
            raise ConfigurationError(
                "The schedule is no cron expression, or its time zone is none.", _ADVICE
            ) from error
        # The runs are processes of their own that Prefect's runner starts: each ends when we do (flows.tether).
        os.environ[SCHEDULER_VARIABLE] = str(os.getpid())
        wait_until_ready(settings)
        print(f"The nightly runs at `{settings.schedule_cron}` ({settings.schedule_time_zone}) on {folder.root}.")

        class NightlyRunner(Runner):
            """Ends with our exit code. Prefect's own handler calls a coroutine that it cannot wait for, and ends
            with 0."""

            def handle_sigterm(self, *_arguments: Any, **_options: Any) -> None:
                sys.exit(ExitCode.TERMINATED)

        runner = NightlyRunner(name="nightly", limit=1)
        runner.add_flow(
            nightly,
            name="nightly",
            schedule=schedule,
            parameters={"data": str(folder.root)},
            # By module, not by file: an installed program has no working directory to look in.
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        asyncio.run(runner.start())
