"""A deadline for whole answers: the read timeout of urllib3 begins anew with every byte, so a slow drip never ends.

Here it is the time for all of an answer: its first line, its headers, its body.
"""

import http.client
import io
import socket
import time
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError
from urllib3.poolmanager import ProxyManager


class WholeAnswers(HTTPAdapter):
    """Connections on which the read timeout of a request is that of its whole answer."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Make the pools of connections."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **options: Any) -> ProxyManager:
        """Return the pools of connections through a proxy."""
        manager: ProxyManager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = _POOLS
        return manager


class _Stream(io.RawIOBase):
    """What comes in on a socket until the moment that its timeout named when the answer was waited for."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._incoming = connected.makefile("rb", buffering=0)
        seconds = connected.gettimeout()
        self._until = None if seconds is None else time.monotonic() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self._until is not None:
            left = self._until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._socket.settimeout(left)
        return self._incoming.readinto(buffer)

    def close(self) -> None:
        self._incoming.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp.close()  # it has read nothing yet
        self.fp = io.BufferedReader(_Stream(sock))


class _Connection(HTTPConnection):
    response_class = _Answer


class _SafeConnection(HTTPSConnection):
    response_class = _Answer

    def connect(self) -> None:
        """Connect, through a proxy's tunnel if there is one, and encrypt.

        urllib3 tells a tunnel or a handshake that takes too long as an answer that does: but nothing was sent.
        """
        try:
            super().connect()
        except TimeoutError:
            raise ConnectTimeoutError(self, "The connection was not made in time.") from None


class _Pool(HTTPConnectionPool):
    ConnectionCls: type[HTTPConnection] = _Connection


class _SafePool(HTTPSConnectionPool):
    ConnectionCls: type[HTTPSConnection] = _SafeConnection


_POOLS: dict[str, type] = {"http": _Pool, "https": _SafePool}
