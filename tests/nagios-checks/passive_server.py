#!/usr/bin/python3
# passive_server.py - plays NRDP and Icinga's API on a free port of loopback, and takes apart what came.
#
# passive_server.py LOG [CERTIFICATE KEY]: prints the port; with TLS if it has a certificate. LOG gets a line of
# JSON for each request. What it says: bad tokens and logins are refused, an unknown host is 404, host "slam" ends
# the connection without an answer, and /moved/ is elsewhere.
# SPDX-License-Identifier: MIT
import base64
import http.server
import json
import ssl
import sys
import urllib.parse
import xml.etree.ElementTree

LOGIN = "Basic " + base64.b64encode(b'feeder:pass:"w\\rd').decode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
        seen = {"path": self.path, "port": self.client_address[1]}
        try:
            answer = self.icinga(seen, body) if self.path.startswith("/v1/") else self.nrdp(seen, body)
        except Exception as error:  # whatever does not parse is a failure of the feeder
            seen["broken"] = repr(error)
            answer = 500, "broken"
        with open(sys.argv[1], "a", encoding="utf-8") as log:
            log.write(json.dumps(seen) + "\n")
        if not answer:
            self.close_connection = True
            return
        text = answer[1].encode()
        self.send_response(answer[0])
        if answer[0] == 302:
            self.send_header("Location", "/nrdp/")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def nrdp(self, seen, body):
        form = urllib.parse.parse_qs(body, strict_parsing=True, keep_blank_values=True)
        assert sorted(form) == ["XMLDATA", "cmd", "token"] and form["cmd"] == ["submitcheck"], body
        root = xml.etree.ElementTree.fromstring(form["XMLDATA"][0])
        assert root.tag == "checkresults"
        seen["results"] = []
        for row in root:
            assert row.attrib == {"type": "service", "checktype": "1"}
            assert [part.tag for part in row] == ["hostname", "servicename", "state", "output"]
            assert not any(len(part) for part in row)
            seen["results"].append([part.text for part in row])
        if form["token"] != ["s3cret&token=x"]:
            return 200, "<result><status>-1</status><message>BAD TOKEN</message></result>"
        if self.path == "/moved/":
            return 302, "<result><status>0</status><message>Moved</message></result>"
        return 200, "<result><status>0</status><message>OK</message></result>"

    def icinga(self, seen, body):
        seen["body"] = json.loads(body)
        assert self.headers["Accept"] == "application/json" and self.headers["Content-Type"] == "application/json"
        if self.headers["Authorization"] != LOGIN:
            return 401, "{}"
        host = seen["body"]["service"].partition("!")[0]
        return {"nobody": (404, "{}"), "slam": None}.get(host, (200, '{"results":[]}'))

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
if len(sys.argv) > 3:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
print(server.server_address[1], flush=True)
server.serve_forever()
