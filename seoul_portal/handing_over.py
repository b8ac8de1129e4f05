"""Large files go out without a thread: the page says which, the server's own loop sends it.

Ten threads serve the pages. If they sent files themselves, ten slow readers would stop the site.
"""

from channels_app.large_files import EXTENSION, HEADER
from seoul_portal.spooling import Application, Message, Receive, Scope, Send

PATH = HEADER.lower().encode()


class FilesByServer:
    """Calls the application; an answer that names a file is finished by the server (pathsend)."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if EXTENSION not in (scope.get("extensions") or {}):
            await self.application(scope, receive, send)
            return
        path = ""

        async def watched(message: Message) -> None:
            nonlocal path
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                path = next((value.decode() for name, value in headers if name == PATH), "")
                kept = [pair for pair in headers if pair[0] != PATH]
                await send({**message, "headers": kept})
            elif not path:
                await send(message)
            elif not message.get("more_body", False):
                await send({"type": EXTENSION, "path": path})

        await self.application(scope, receive, watched)
