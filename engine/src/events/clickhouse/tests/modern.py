"""Today's ClickHouse over HTTP: the library chdb behind as much of the server's protocol as we speak.

Prints its port, and ends when its standard input does. Statements, parameters and rows reach the engine as they came.
"""

import os
import sys
import tempfile
import threading
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

try:
    from chdb import session
except ImportError:
    sys.exit("the Python package chdb is missing: `cargo xtask test` installs it, or `pip install chdb`")

# These are about HTTP and users, which the library has none of.
NOT_THE_ENGINES = {"query", "database", "default_format", "readonly", "async_insert"}


def form(content_type, body):
    message = BytesParser().parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    fields = {}
    for part in message.get_payload():
        name = part.get_param("name", header="content-disposition")
        fields[name] = part.get_payload(decode=True).decode()
    return fields


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def body(self):
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def do_POST(self):
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query, keep_blank_values=True).items()}
        body = self.body()
        parameters = {}
        kind = self.headers.get("Content-Type", "")
        if kind.startswith("multipart/form-data"):
            fields = form(kind, body)
            asked["query"] = fields.pop("query")
            parameters = {name.removeprefix("param_"): value for name, value in fields.items()}
            body = b""
        try:
            answer = self.answer(asked, parameters, body)
            status = 200
        except Exception as error:  # whatever the engine says goes to the client
            answer, status = str(error).encode(), 500
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def answer(self, asked, parameters, body):
        with self.server.one_at_a_time:
            database = asked.get("database")
            if database:
                self.server.session.query(f"USE {database}")
            settings = [f"{name} = {value}" for name, value in asked.items() if name not in NOT_THE_ENGINES]
            if settings:
                self.server.session.query("SET " + ", ".join(settings))
            if "query" in asked and not parameters:
                with tempfile.NamedTemporaryFile() as rows:
                    rows.write(body)
                    rows.flush()
                    statement = asked["query"].replace(" FORMAT ", f" FROM INFILE '{rows.name}' FORMAT ")
                    self.server.session.query(statement)
                return b""
            text = asked.get("query") or body.decode()
            kind = asked.get("default_format", "TabSeparated")
            return self.server.session.query(text, kind, params=parameters or None).bytes()

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
server.one_at_a_time = threading.Lock()
server.session = session.Session(sys.argv[1])
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.buffer.read()
os._exit(0)
