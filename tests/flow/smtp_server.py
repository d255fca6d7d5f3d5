"""An SMTP server for the delivery tests: fast, late, rude or broken as each test wants it."""
import asyncio
import hashlib
import random
import re
import ssl
import threading
from collections import defaultdict


class Server:
    """Keeps every message whose end mark has come, as a server does that answers late: a copy counts even where the
    client has gone. Replies may be given per recipient: rcpt[address], end[address] are a line, a list of lines for
    one try after the other, or "drop"."""

    def __init__(self, late=0.0, extensions=("PIPELINING", "ENHANCEDSTATUSCODES", "SIZE 1000000"), keep=True, tls=None,
                 implicit=False):
        self.late, self.extensions, self.keep = late, extensions, keep
        self.rcpt, self.end, self.banner = {}, {}, "220 sink ESMTP"
        self.tls = tls                   # an ssl.SSLContext: STARTTLS is offered, or with implicit spoken from the first byte
        self.implicit = implicit
        self.login = None                # "AUTH PLAIN …" that is asked for
        self.commands = []               # first words, in the order they came
        self.limit = 0                   # messages a connection, then 421 unasked
        self.copies = defaultdict(list)  # address: (Message-ID, hash of the bytes)
        self.messages = []               # (mail command, rcpt command, bytes)
        self.under_way = 0               # between MAIL and the reply to the end
        self.accepted = self.connections = 0
        self.random = random.Random(7)
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self.thread.start()
        ready.wait()

    def _run(self, ready):
        asyncio.set_event_loop(self.loop)
        self.server = self.loop.run_until_complete(asyncio.start_server(
            self._serve, "127.0.0.1", 0, limit=2**22, ssl=self.tls if self.implicit else None))
        self.port = self.server.sockets[0].getsockname()[1]
        self.url = f"smtp://127.0.0.1:{self.port}"
        ready.set()
        self.loop.run_forever()

    def close(self):
        """Connections too: a sender that takes its leave would wait for an answer."""
        self.loop.call_soon_threadsafe(self.loop.create_task, self._end())
        self.thread.join(10)

    async def _end(self):
        self.server.close()
        talks = asyncio.all_tasks() - {asyncio.current_task()}
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
        await asyncio.sleep(0)  # in which the sockets are closed
        self.loop.stop()

    async def _serve(self, reader, writer):
        self.connections += 1
        talk = Talk(self, reader, writer)
        try:
            await talk.run()
        except (ConnectionError, asyncio.IncompleteReadError, OSError, ssl.SSLError):
            pass
        finally:
            if talk.mail:
                self.under_way -= 1
            writer.close()


class Talk:
    """One connection."""

    def __init__(self, server, reader, writer):
        self.server, self.reader, self.writer = server, reader, writer
        self.mail = self.rcpt = ""
        self.address, self.count, self.chunks, self.secure = None, 0, b"", server.implicit

    def say(self, line):
        self.writer.write(line.encode() + b"\r\n")

    async def wait(self):
        if self.server.late:
            await asyncio.sleep(self.server.random.random() * self.server.late)

    def reply_for(self, table, good):
        reply = table.get(self.address, good)
        if isinstance(reply, list):
            reply = reply.pop(0) if reply else good
        return reply

    async def run(self):
        self.say(self.server.banner)
        if not self.server.banner.startswith("220"):
            return
        while True:
            line = await self.reader.readline()
            if not line or not await self.command(line.decode("latin-1").rstrip("\r\n")):
                return

    async def command(self, line):
        verb = line.split(" ")[0].upper()
        self.server.commands.append(verb)
        handler = getattr(self, "on_" + verb.lower(), None)
        if handler is None:
            self.say("250 2.0.0 fine")
            return True
        return await handler(line)

    async def on_ehlo(self, line):
        offers_tls = self.server.tls and not self.server.implicit and not self.secure
        lines = ["sink", *self.server.extensions, *(["STARTTLS"] if offers_tls else []),
                 *(["AUTH PLAIN"] if self.server.login else [])]
        for i, text in enumerate(lines):
            self.say(("250-" if i < len(lines) - 1 else "250 ") + text)
        return True

    async def on_starttls(self, line):
        self.say("220 go on")
        await self.writer.drain()
        transport, protocol = self.writer.transport, self.writer.transport.get_protocol()
        new = await asyncio.get_running_loop().start_tls(transport, protocol, self.server.tls, server_side=True)
        self.reader._transport = self.writer._transport = new
        self.secure = True
        return True

    async def on_auth(self, line):
        self.say("235 2.7.0 welcome" if line == self.server.login else "535 5.7.8 wrong")
        return True

    async def on_mail(self, line):
        if not self.mail:
            self.server.under_way += 1
        self.mail = line
        self.say("250 2.1.0 fine")
        return True

    async def on_rcpt(self, line):
        self.rcpt = line
        self.address = re.search(r"<(.*?)>", line).group(1)
        reply = self.reply_for(self.server.rcpt, "250 2.1.5 fine")
        self.say(reply)
        if not reply.startswith("2"):
            self.address = None
        return not reply.startswith("421")

    async def on_rset(self, line):
        self.say("250 2.0.0 forgotten")
        return True

    async def on_quit(self, line):
        self.say("221 2.0.0 bye")
        return False

    async def on_data(self, line):
        if self.address is None:
            self.say("503 5.5.1 nobody to send to")
            self.done()
            return True
        self.say("354 go on")
        data = await self.reader.readuntil(b"\r\n.\r\n")
        return await self.end(data[:-3].replace(b"\r\n..", b"\r\n."))

    async def on_bdat(self, line):
        words = line.split()
        self.chunks += await self.reader.readexactly(int(words[1]))
        if words[-1].upper() != "LAST":
            self.say("250 2.0.0 chunk")
            return True
        data, self.chunks = self.chunks, b""
        if self.address is None:
            self.say("503 5.5.1 nobody to send to")
            self.done()
            return True
        return await self.end(data)

    def done(self):
        if self.mail:
            self.server.under_way -= 1
        self.mail = ""

    async def end(self, data):
        reply = self.reply_for(self.server.end, "250 2.0.0 kept")
        await self.wait()
        server = self.server
        if reply == "drop" or reply.startswith("2"):
            found = re.search(rb"^Message-ID: <(.*?)>", data, re.M | re.I)
            server.copies[self.address].append((found.group(1) if found else None, hashlib.sha256(data).hexdigest()))
            server.accepted += 1
            if server.keep:
                server.messages.append((self.mail, self.rcpt, data))
        self.done()
        if reply == "drop":
            return False
        self.say(reply)
        self.count += 1
        if self.count == server.limit:
            self.say("421 4.7.0 enough for one connection")
            return False
        return not reply.startswith("421")
