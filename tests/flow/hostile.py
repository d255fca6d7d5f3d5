"""A server that behaves badly in every way that a crawler meets, each on a port of its own, beside good ones.

Raw sockets in threads: what a proper HTTP library would not send is what is wanted here."""
import socket
import ssl
import subprocess
import threading
import time
import zlib


def bomb(size=1 << 30):
    """SIZE zero bytes as gzip, about a thousandth as long; made from one packed piece that is repeated."""
    piece = 1 << 20
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(piece)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + block * (size // piece) + packer.flush(zlib.Z_FINISH) + bytes(8)


def answer(body, *fields, status="200 OK"):
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *fields]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def slow(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        connection.sendall(b"x")
        time.sleep(1)


def endless_headers(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-Again: and again\r\n" * 100)


def endless_body(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    while True:
        connection.sendall(b"<rss>" * 10000)


def silent(connection):
    time.sleep(60)


# name: what is sent to whoever asks for the feed, or what is done with the connection
BAD = {
    "redirect-loop": lambda c: c.sendall(answer(b"", "Location: /feed", status="302 Found")),
    "one-byte-a-second": slow,
    "gzip-bomb": lambda c: c.sendall(answer(bomb(), "Content-Encoding: gzip")),
    "endless-headers": endless_headers,
    "endless-body": endless_body,
    "short-body": lambda c: c.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nConnection: close\r\n\r\n<rss>"),
    "chunk-error": lambda c: c.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss>\r\n0\r\n\r\n"),
    "bad-certificate": None,
    "no-answer": silent,
    "garbage": lambda c: c.sendall(answer(bytes(range(256)) * 100)),
}
# What its line must say.
WORDS = {
    "redirect-loop": "redirects more than 5 times",
    "one-byte-a-second": "slower than",
    "gzip-bomb": "unpacks to more than",
    "endless-headers": "header fields",
    "endless-body": "bytes on",
    "short-body": "before the length that it promised",
    "chunk-error": "broke off",
    "bad-certificate": "certificate",
    "no-answer": "slower than",
    "garbage": "",
}


class Hostile:
    """Listens on one port a name. BAD names misbehave at /feed, all others answer with pages[name]."""

    def __init__(self, names, pages, folder):
        self.urls, self.listeners, self.pages, self.requests = {}, [], pages, []
        for name in names:
            listener = socket.create_server(("127.0.0.1", 0))
            scheme = "http"
            if name == "bad-certificate":
                listener, scheme = self.with_certificate(listener, folder), "https"
            self.listeners.append(listener)
            self.urls[name] = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
            threading.Thread(target=self.listen, args=(name, listener), daemon=True).start()

    @staticmethod
    def with_certificate(listener, folder):
        key, certificate = folder / "key.pem", folder / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                        "-keyout", key, "-out", certificate], check=True, stderr=subprocess.DEVNULL)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return context.wrap_socket(listener, server_side=True)

    def listen(self, name, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except ssl.SSLError:
                continue
            except OSError:
                return
            threading.Thread(target=self.serve, args=(name, connection), daemon=True).start()

    def serve(self, name, connection):
        with connection:
            try:
                path = connection.recv(65536).split(b" ")[1].decode()
                self.requests.append((name, path))
                if path == "/robots.txt":
                    connection.sendall(answer(b"", status="404 Not Found"))
                elif BAD.get(name) is not None:
                    BAD[name](connection)
                else:
                    connection.sendall(answer(self.pages[name], "Content-Type: application/rss+xml"))
            except (OSError, IndexError):
                pass

    def close(self):
        for listener in self.listeners:
            listener.close()
