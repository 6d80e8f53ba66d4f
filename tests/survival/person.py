"""A person with a browser, who tries again when a machine behind the address does not answer."""

import re
import time
from collections.abc import Mapping
from itertools import cycle

import requests

PATIENCE = 180
"""Seconds after which a person gives up, and a test with them."""

PAUSE = 0.1
"""Seconds between two tries."""


class Person:
    """Goes to one web process after the other, as a proxy would; notes how often it had to try again."""

    def __init__(self, addresses: list[str], email: str, password: str) -> None:
        self._addresses = cycle(addresses)
        self._session = requests.Session()
        self.tried_again = 0
        self._token = self._token_on("/sign-in")
        assert self.post("/sign-in", {"email": email, "password": password}).status_code == 303
        self._token = self._token_on("/account")

    def get(self, path: str) -> requests.Response:
        """Open a page."""
        return self._ask("GET", path)

    def post(self, path: str, form: Mapping[str, str], file: tuple[str, bytes] | None = None) -> requests.Response:
        """Send a form until it is answered by something else than 503."""
        files = {"files": (*file, "text/html")} if file else None
        return self._ask("POST", path, data={"csrf_token": self._token, **form}, files=files)

    def _token_on(self, path: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(path).text)
        assert found, f"{path} has no form"
        return found[1]

    def _ask(self, method: str, path: str, **options: object) -> requests.Response:
        deadline = time.monotonic() + PATIENCE
        while True:
            address = next(self._addresses)
            try:
                answer = self._session.request(
                    method,
                    address + path,
                    allow_redirects=False,
                    timeout=PATIENCE,
                    **options,  # type: ignore[arg-type]
                )
                if answer.status_code != 503:
                    return answer
            except requests.RequestException:
                self._session.close()  # its connections lead to a process that is gone
            self.tried_again += 1
            assert time.monotonic() < deadline, f"{method} {path} was not answered within {PATIENCE} seconds"
            time.sleep(PAUSE)
