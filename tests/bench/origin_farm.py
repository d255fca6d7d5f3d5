"""Feeds for benches, and the servers that hand them out: nginx on many ports of 127.0.0.1, or a slow server."""
import asyncio
import email.utils
import os
import random
import shutil
import subprocess
import time
from pathlib import Path

FIRST_PORT = 20000
MADE = 1000  # feeds that are made up; further ones are these again with addresses of their own
MODIFIED_AT = 1498900000
MODIFIED = email.utils.formatdate(MODIFIED_AT, usegmt=True)
WORDS = ("credit record notice measures market region office public list agency rule comment draft operator company court "
         "province repair trust review service report standard platform data city bank tax").split()
HAN = "社会信用体系建设条例失信惩戒联合奖励企业法人公示办法通知征求意见省市区人民政府国家发展改革委员会市场监督管理总局税务海关法院"


def body(chance, size=3000):
    """About SIZE characters of HTML, every third paragraph in Chinese."""
    parts, length = [], 0
    while length < size:
        if chance.random() < 0.33:
            text = "".join(chance.choice(HAN) for _ in range(chance.randint(60, 160)))
        else:
            text = " ".join(chance.choice(WORDS) for _ in range(chance.randint(30, 80)))
        parts.append(f'<p>{text}, <a href="https://example.org/{chance.randint(1, 9999)}">see here</a> and <b>note</b>.</p>')
        length += len(parts[-1])
    return "".join(parts)


def feed(number, entries=50):
    chance = random.Random(number)
    items = []
    for entry in range(entries):
        title = "".join(chance.choice(HAN) for _ in range(16)) if chance.random() < 0.5 else " ".join(chance.choice(WORDS) for _ in range(8))
        items.append(f"<item><title>{title} {number}-{entry}</title><link>https://example.org/{number}/{entry}</link>"
                     f"<guid>https://example.org/{number}/{entry}</guid><pubDate>Wed, 28 Jun 2017 {entry % 24:02}:{entry % 60:02}:00 GMT</pubDate>"
                     f"<description><![CDATA[{body(chance)}]]></description></item>\n")
    encoding = "GB18030" if number % 33 == 0 else "UTF-8"
    text = (f'<?xml version="1.0" encoding="{encoding}"?>\n<rss version="2.0"><channel><title>Feed {number}</title>'
            f"<link>https://example.org/{number}/</link>{''.join(items)}</channel></rss>")
    return text.encode(encoding.lower())


def write_feeds(folder, count):
    """The feeds as files named by their port, written once, all of one age."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        path = folder / f"{FIRST_PORT + number}.xml"
        if path.exists():
            continue
        if number < MADE:
            page = feed(number)
        else:
            like = number % MADE
            page = (folder / f"{FIRST_PORT + like}.xml").read_bytes().replace(b"example.org/%d/" % like, b"example.org/%d/" % number)
        path.write_bytes(page)
        os.utime(path, (MODIFIED_AT, MODIFIED_AT))
    return folder


def url(number):
    return f"http://127.0.0.1:{FIRST_PORT + number}/feed.xml"


class Farm:
    """nginx, each feed on its own port."""

    def __init__(self, feeds, work, count):
        listen = "\n".join(f"listen 127.0.0.1:{FIRST_PORT + n};" for n in range(count))
        self.conf = work / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        self.conf.write_text(f"""{user} worker_processes 1; daemon on; pid {work}/nginx.pid; error_log {work}/nginx.log; worker_rlimit_nofile 20000;
events {{ worker_connections 16000; }}
http {{ access_log off; etag on; sendfile on; types {{ application/rss+xml xml; }}
  server {{ {listen}
    location = /feed.xml {{ alias {feeds}/$server_port.xml; }} location / {{ return 404; }} }} }}""")
        self.pid = work / "nginx.pid"
        subprocess.run([shutil.which("nginx") or "/usr/sbin/nginx", "-c", self.conf], check=True, stderr=subprocess.DEVNULL)
        time.sleep(0.5)

    def close(self):
        subprocess.run(["kill", self.pid.read_text().strip()], check=False)
        time.sleep(0.3)


async def serve_slowly(feeds, count, delay):
    """Every answer after DELAY seconds."""
    async def handle(reader, writer):
        port = writer.get_extra_info("sockname")[1]
        try:
            while (head := await reader.readuntil(b"\r\n\r\n")):
                await asyncio.sleep(delay)
                if b"GET /feed.xml" in head:
                    page = (Path(feeds) / f"{port}.xml").read_bytes()
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: %d\r\n\r\n" % len(page) + page)
                else:
                    writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    for number in range(count):
        await asyncio.start_server(handle, "127.0.0.1", FIRST_PORT + number)
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    import sys
    asyncio.run(serve_slowly(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
