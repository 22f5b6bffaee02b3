"""Sessions over the raw protocol, with nothing but Python's standard library (3.8 and later).

python3 seshdeck.py 127.0.0.1 1987
"""
import base64, json, os, socket, struct, sys


class Seshdeck:
    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port), timeout=5)
        self.stream = self.socket.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET / HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        status = self.stream.readline()
        while self.stream.readline().strip():
            pass
        if b" 101 " not in status:
            raise ConnectionError(status.decode().strip())

    def send_frame(self, opcode, payload):
        """Every frame of a client is masked; here with zeros, which change nothing."""
        size = len(payload)
        if size < 126:
            length = bytes([0x80 | size])
        else:
            length = struct.pack(">BH", 0xFE, size) if size < 65_536 else struct.pack(">BQ", 0xFF, size)
        self.socket.sendall(bytes([0x80 | opcode]) + length + bytes(4) + payload)

    def read_frame(self):
        opcode, size = self.stream.read(2)
        if size > 125:
            size = int.from_bytes(self.stream.read(2 if size == 126 else 8), "big")
        return opcode & 15, self.stream.read(size)

    def ask(self, command, **body):
        """Sends one command and returns the body of its reply."""
        self.send_frame(1, json.dumps({command: body}).encode())
        opcode, payload = self.read_frame()
        while opcode == 9:  # The server asks whether we are there.
            self.send_frame(10, payload)
            opcode, payload = self.read_frame()
        if opcode == 8:
            raise ConnectionError(f"closed: {payload[2:].decode()}")
        return json.loads(payload)[f"{command}_RSP"]


if __name__ == "__main__":
    db = Seshdeck(sys.argv[1], int(sys.argv[2]))
    tkn = db.ask("SH_NEW", name="cart", expiry={"duration": 900, "deleteSession": True})["tkn"]
    db.ask("KV_SET", tkn=tkn, keys={"city": "Malmö", "items": ["tea", "milk"]})
    print(db.ask("KV_GET", tkn=tkn, keys=["city", "items"])["keys"])
