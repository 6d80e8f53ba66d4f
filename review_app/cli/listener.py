"""A port that answers until it is told to stop, and stops without cutting off an answer."""

import threading
from wsgiref.types import WSGIApplication

from waitress import wasyncore
from waitress.server import create_server

from review_app.errors import BadInput
from review_app.locale import N_

TAKEN = N_("Port {port} at {host} cannot be had: {reason}. End what answers there, or name another port.")

WINDING_DOWN = 5.0
"""Seconds that the requests under way have to end."""


class Listener:
    """One web application on one port, in a thread of its own.

    waitress means its loop to be ended by an exception in the main thread; closing its sockets from another thread
    pulls them away under a running ``select``. So every close happens inside the loop, as what its trigger runs.
    """

    def __init__(self, app: WSGIApplication, host: str, port: int, threads: int) -> None:
        """Bind the port (0 for any free one); nothing is answered before ``start``.

        Raises ``BadInput`` if the port cannot be had, as when another program answers there.
        """
        try:
            self._server = create_server(app, host=host, port=port, threads=threads)
        except OSError as error:
            raise BadInput(TAKEN, host=host, port=port, reason=error.strerror) from error
        self._loop = threading.Thread(target=self._server.run, daemon=True)
        self.port = int(self._server.effective_port)

    def start(self) -> None:
        """Answer requests."""
        self._loop.start()

    def stop(self) -> None:
        """Accept nothing more, let the requests under way end and their answers leave, close."""
        server = self._server
        server.trigger.pull_trigger(lambda: wasyncore.dispatcher.close(server))
        server.task_dispatcher.shutdown(timeout=WINDING_DOWN)
        server.trigger.pull_trigger(self._let_answers_leave)
        self._loop.join(WINDING_DOWN)
        server.trigger.close()

    def _let_answers_leave(self) -> None:
        for channel in self._server.active_channels.values():
            channel.close_when_flushed = True
        self._server.trigger.del_channel()  # the loop ends with the last channel
