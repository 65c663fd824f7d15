"""A proxy on 127.0.0.1 that passes bytes on and holds each reply back for a while: what a far network does to a request."""
import asyncio
import threading


class SlowProxy:
    """Runs while the with block does, in a thread of its own."""

    def __init__(self, port, seconds):
        self._to, self._seconds = port, seconds
        self._loop = asyncio.new_event_loop()

    def __enter__(self):
        started = threading.Event()

        async def start():
            server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
            self.port = server.sockets[0].getsockname()[1]
            started.set()

        self._thread = threading.Thread(target=lambda: (self._loop.run_until_complete(start()), self._loop.run_forever()), daemon=True)
        self._thread.start()
        started.wait()
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _connect(self, reader, writer):
        to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self._to)
        await asyncio.gather(self._pass(reader, to_writer, 0), self._pass(to_reader, writer, self._seconds))

    # What comes after the first bytes of a reply is held back as long as these, not longer: each keeps its own time.
    async def _pass(self, reader, writer, seconds):
        waiting = asyncio.Queue()

        async def write():
            while (item := await waiting.get()) is not None:
                due, data = item
                await asyncio.sleep(max(0, due - self._loop.time()))
                writer.write(data)
                await writer.drain()

        writing = asyncio.create_task(write())
        try:
            while data := await reader.read(1 << 16):
                waiting.put_nowait((self._loop.time() + seconds, data))
        except OSError:
            pass
        waiting.put_nowait(None)
        try:
            await writing
        except OSError:
            pass
        writer.close()
