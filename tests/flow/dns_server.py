"""A name server on 127.0.0.1 that knows what a test tells it; UDP, and TCP for answers over 512 bytes."""
import ipaddress
import socket
import struct
import threading

TYPES = {"A": 1, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28}


def encode_name(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.rstrip(".").split(".")) + b"\0"


def encode(kind, value):
    if kind in ("A", "AAAA"):
        return ipaddress.ip_address(value).packed
    if kind == "TXT":
        raw = value.encode()
        return b"".join(bytes([len(raw[i:i + 255])]) + raw[i:i + 255] for i in range(0, len(raw), 255))
    return (struct.pack("!H", 10) if kind == "MX" else b"") + encode_name(value)


class NameServer:
    """RECORDS: {(name, kind): [value, …]}; may be changed while it runs."""

    def __init__(self):
        self.records, self.asked = {}, []
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.port = self.tcp.getsockname()[1]
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", self.port))
        for serve in (self.serve_udp, self.serve_tcp):
            threading.Thread(target=serve, daemon=True).start()

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def answer(self, query, most):
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1:at + 1 + query[at]].decode())
            at += 1 + query[at]
        question, number = query[12:at + 5], struct.unpack("!H", query[at + 1:at + 3])[0]
        kind = next((name for name, value in TYPES.items() if value == number), None)
        name = ".".join(labels).lower()
        self.asked.append((name, kind))
        rows = self.records.get((name, kind), [])
        known = any(owner == name for owner, _ in self.records)
        body = b"".join(b"\xc0\x0c" + struct.pack("!HHIH", number, 1, 60, len(data)) + data for data in (encode(kind, row) for row in rows))
        flags, cut = 0x8180 | (0 if known else 3), len(question) + len(body) + 12 > most
        return query[:2] + struct.pack("!HHHHH", flags | (0x0200 if cut else 0), 1, 0 if cut else len(rows), 0, 0) + question + (b"" if cut else body)

    def serve_udp(self):
        try:
            while True:
                query, peer = self.udp.recvfrom(4096)
                if not query:
                    return  # closed
                self.udp.sendto(self.answer(query, 512), peer)
        except OSError:
            pass  # closed

    def serve_tcp(self):
        try:
            while True:
                with self.tcp.accept()[0] as peer, peer.makefile("rb") as stream:
                    query = stream.read(struct.unpack("!H", stream.read(2))[0])
                    reply = self.answer(query, 65535)
                    peer.sendall(struct.pack("!H", len(reply)) + reply)
        except OSError:
            pass

    def close(self):
        for one in (self.udp, self.tcp):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            one.close()
