"""A registry's client of Renzheng: Python 3.9 or later with `cryptography` (Debian: python3-cryptography).

    python3 renzheng.py push CASE_ID FILE                 push a revision of a case
    python3 renzheng.py pull                              print new events of the feed, one a line
    python3 renzheng.py evidence CASE_ID SIGNER_ID REVISION   fetch, verify and file evidence
    python3 renzheng.py serve PORT                        take events on 127.0.0.1
    python3 renzheng.py vectors DIR                       check this client with the test vectors

Settings are in the JSON file that RENZHENG names; see README.md.
"""

import base64, hashlib, hmac, http.server, json, os, pathlib, secrets, sys, threading, time, urllib.error, urllib.request

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

TOLERANCE = 300  # seconds between webhook-timestamp and our clock
MAX_EVENT = 256 << 10
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # order of P-256


class Rejected(Exception):
    """What came is not what it should be."""


# --- signing requests (RFC 9421) ---


def signature_base(method, authority, path, query, digest, created, key_id, nonce):
    """Returns the signature base and the parameters, which go into Signature-Input."""
    parts = {"@method": method, "@authority": authority, "@path": path, "@query": "?" + query}
    if digest:
        parts["content-digest"] = digest
    covered = " ".join(f'"{name}"' for name in parts)
    params = f'({covered});created={created};keyid="{key_id}";nonce="{nonce}"'
    lines = [f'"{name}": {value}' for name, value in parts.items()] + [f'"@signature-params": {params}']
    return "\n".join(lines).encode(), params


def content_digest(body):
    return "sha-256=:" + base64.b64encode(hashlib.sha256(body).digest()).decode() + ":"


def sign(key, base):
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(base)
    r, s = decode_dss_signature(key.sign(base, ec.ECDSA(SHA256())))  # ecdsa-p256-sha256 is r and s, 32 bytes each
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


class Client:
    """Calls the server as the registry of the settings."""

    def __init__(self, settings):
        self.settings = settings
        self.key = load_pem_private_key(pathlib.Path(settings["key"]).read_bytes(), None)
        self.data = pathlib.Path(settings["data"])
        self.data.mkdir(parents=True, exist_ok=True)
        self.keys = {}

    def send(self, method, path, query="", body=None):
        digest = content_digest(body) if body else None
        base, params = signature_base(
            method, self.settings["authority"], path, query, digest,
            int(time.time()), self.settings["key_id"], secrets.token_urlsafe(18),
        )
        headers = {
            "Signature-Input": "sig1=" + params,
            "Signature": "sig1=:" + base64.b64encode(sign(self.key, base)).decode() + ":",
        }
        if body:
            headers |= {"Content-Type": "application/json", "Content-Digest": digest}
        url = self.settings["base"] + path + ("?" + query if query else "")
        with urllib.request.urlopen(urllib.request.Request(url, body, headers, method=method), timeout=30) as answer:
            return answer.read()

    def push(self, case_id, body):
        return json.loads(self.send("PUT", "/registry/v1/cases/" + case_id, body=body))

    def pull(self):
        """Yields new events. The cursor is kept after each page, so an event may come again, but none is missed."""
        cursor = self.data / "cursor"
        after = int(cursor.read_text()) if cursor.exists() else 0
        while True:
            page = json.loads(self.send("GET", "/registry/v1/events", f"after={after}"))
            yield from page["events"]
            if page["next_after"] == after:
                return
            after = page["next_after"]
            cursor.write_text(str(after))

    def trusted(self, key_id):
        """Returns a public key of receipts. Keys are added and never removed, so an unknown one is looked up anew."""
        if key_id not in self.keys:
            with urllib.request.urlopen(self.settings["base"] + "/.well-known/jwks.json", timeout=30) as answer:
                self.keys = {key["kid"]: key for key in json.loads(answer.read())["keys"]}
        if key_id not in self.keys:
            raise Rejected("the receipt's key is unknown")
        return self.keys[key_id]

    def file_evidence(self, case_id, signer_id, revision, receipt=None):
        """Fetches evidence, verifies it, and files its bytes unchanged. receipt is that of the event, if there is one."""
        target = self.data / f"{case_id}.{signer_id}.{revision}.json"
        if target.exists():
            return target
        file = self.send("GET", f"/registry/v1/cases/{case_id}/signers/{signer_id}/evidence", f"revision={revision}")
        verify_evidence(file, self.trusted, receipt)
        partial = target.with_name(secrets.token_hex(8))
        partial.write_bytes(file)
        partial.replace(target)
        return target


# --- verifying receipts and evidence ---


def unpadded(text):
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(raw).decode().rstrip("=") != text:
        raise Rejected("not base64url")
    return raw


def verify_receipt(receipt, trusted):
    """Returns the statement of a receipt. trusted returns the JWK of a key id."""
    head, payload, signature = receipt.split(".")
    header = json.loads(unpadded(head))
    if sorted(header) != ["alg", "kid", "typ"] or header["alg"] != "ES256" or header["typ"] != "renzheng-receipt+jws":
        raise Rejected("not a receipt")
    jwk = trusted(header["kid"])
    x, y = (int.from_bytes(unpadded(jwk[name]), "big") for name in "xy")
    raw = unpadded(signature)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    if len(raw) != 64 or s > N // 2:  # of the two valid values of s, only the lower one is a receipt's
        raise Rejected("the signature is malformed")
    public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    try:
        public.verify(encode_dss_signature(r, s), f"{head}.{payload}".encode(), ec.ECDSA(SHA256()))
    except InvalidSignature:
        raise Rejected("the receipt was altered") from None
    return json.loads(unpadded(payload))


def canonical(value):
    """RFC 8785 JSON of a value that has no numbers."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def commitment(domain, salt, value):
    digest = hashlib.sha256(domain.encode() + b"\0" + unpadded(salt) + canonical(value)).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


PARTS = {
    "renzheng/content/1": "content_digest", "renzheng/signer/1": "signer", "renzheng/case/1": "case",
    "renzheng/portrait/1": "portrait", "renzheng/handwriting/1": "handwriting", "renzheng/scan/1": "scan",
}


def verify_evidence(file, trusted, receipt=None):
    """Verifies an evidence file. Only `bff verify` also draws the handwriting again."""
    evidence = json.loads(file)
    if canonical(evidence) != file:
        raise Rejected("the file is not RFC 8785 JSON")
    if receipt is not None and evidence["receipt"] != receipt:
        raise Rejected("the evidence is of another receipt")
    statement = verify_receipt(evidence["receipt"], trusted)
    opened = {}
    for opening in evidence["openings"]:
        member = PARTS[opening["domain"]]
        if member in opened or not hmac.compare_digest(statement[member], commitment(**opening)):
            raise Rejected(f"{member} is not what the receipt commits to")
        opened[member] = opening["value"]
    if set(opened) != {member for member in PARTS.values() if statement.get(member, "none") != "none"}:
        raise Rejected("an opening is missing")
    for picture in ("portrait", "handwriting", "scan"):
        if (picture in evidence) != (picture in opened):
            raise Rejected(f"the {picture} is missing, or one too many")
    if "portrait" in opened and hashlib.sha256(base64.b64decode(evidence["portrait"])).hexdigest() != opened["portrait"]["sha256"]:
        raise Rejected("another portrait")
    if "scan" in opened and [hashlib.sha256(base64.b64decode(page)).hexdigest() for page in evidence["scan"]] != opened["scan"]["pages"]:
        raise Rejected("other pages of the signed paper")
    return statement, opened


# --- taking events (Standard Webhooks) ---


def verify_webhook(secret, headers, body, now):
    """Verifies the signature over the bytes of the body as received, and the time."""
    event_id, timestamp = headers["webhook-id"] or "", headers["webhook-timestamp"] or ""
    if not timestamp.isdigit() or abs(now - int(timestamp)) > TOLERANCE:
        raise Rejected("the timestamp is too far away")
    signed = f"{event_id}.{timestamp}.".encode() + body
    expected = hmac.new(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()
    expected = "v1," + base64.b64encode(expected).decode()
    if not any(hmac.compare_digest(expected, one) for one in (headers["webhook-signature"] or "").split(" ")):
        raise Rejected("the signature is another")


def take(client, secret, headers, body):
    """Takes an event. To take it again does no harm: the id of an event never changes."""
    verify_webhook(secret, headers, body, time.time())
    event = json.loads(body)
    data = event["data"]
    if data["registry_id"] != client.settings["registry_id"]:
        raise Rejected("another registry's event")
    if event["type"] in ("todo.confirmed", "todo.refused"):
        statement = verify_receipt(data["receipt"], client.trusted)
        same = ("registry_id", "todo_id", "revision", "confirmation_id")
        if any(statement[name] != data[name] for name in same) or "todo." + statement["decision"] != event["type"]:
            raise Rejected("the receipt is of another answer")
    (client.data / (headers["webhook-id"] + ".event.json")).write_bytes(body)  # on record before it is acknowledged
    if event["type"] == "todo.confirmed":
        threading.Thread(target=fetch_later, args=(client, data)).start()


def fetch_later(client, data):
    try:
        client.file_evidence(data["case_id"], data["signer_id"], data["revision"], data["receipt"])
    except (Rejected, OSError, ValueError, KeyError) as problem:
        print("evidence:", problem, file=sys.stderr)  # it is fetched again when the event comes again, or by `evidence`


def serve(client, port):
    secret = pathlib.Path(client.settings["secret"]).read_text().strip()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["content-length"] or 0)
            if length > MAX_EVENT:
                self.close_connection = True
                return self.answer(413)
            try:
                take(client, secret, self.headers, self.rfile.read(length))
            except (Rejected, KeyError, ValueError) as problem:
                print("event:", problem, file=sys.stderr)
                return self.answer(400)
            self.answer(204)

        def answer(self, status):
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


# --- test vectors (docs/vectors) ---


def check_vectors(folder):
    read = lambda name: json.loads((pathlib.Path(folder) / name).read_text())
    for v in read("request.json")["vectors"]:
        base, params = signature_base(v["method"], v["authority"], v["path"], v["query"],
                                      content_digest(v["body"].encode()) if v["body"] else None, v["created"], v["key_id"], v["nonce"])
        assert base.decode() == v["base"] and "sig1=" + params == v["signature_input"], v["name"]
        if v["alg"] == "ed25519":  # the others have a random part
            assert "sig1=:" + base64.b64encode(sign(load_pem_private_key(v["private_key"].encode(), None), base)).decode() + ":" == v["signature"], v["name"]
    for v in read("webhook.json")["vectors"]:
        headers = {"webhook-id": v["webhook_id"], "webhook-timestamp": v["webhook_timestamp"], "webhook-signature": v["webhook_signature"]}
        try:
            verify_webhook(v["secret"], headers, v["body"].encode(), v["now"])
            valid = True
        except Rejected:
            valid = False
        assert valid == v["valid"], v["name"]
    for v in read("commitment.json")["vectors"]:
        assert commitment(v["domain"], v["salt"], v["value"]) == v["commitment"], v["name"]
    evidence = read("evidence.json")
    for v in evidence["vectors"]:
        try:
            verify_evidence(v["file"].encode(), lambda kid: {key["kid"]: key for key in evidence["jwks"]["keys"]}[kid])
            valid = True
        except (Rejected, KeyError, ValueError):
            valid = False
        assert valid == v["valid"], v["name"]


ARGUMENTS = {"push": 2, "pull": 0, "evidence": 3, "serve": 1, "vectors": 1}


def main(command="", *args):
    if ARGUMENTS.get(command) != len(args):
        sys.exit(__doc__)
    if command == "vectors":
        return check_vectors(*args)
    if "RENZHENG" not in os.environ:
        sys.exit("RENZHENG must name the JSON file of settings; see README.md")
    client = Client(json.loads(pathlib.Path(os.environ["RENZHENG"]).read_text()))
    if command == "push":
        print(json.dumps(client.push(args[0], pathlib.Path(args[1]).read_bytes()), ensure_ascii=False))
    elif command == "pull":
        for event in client.pull():
            print(json.dumps(event, ensure_ascii=False))
    elif command == "evidence":
        print(client.file_evidence(*args))
    elif command == "serve":
        serve(client, int(args[0]))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except urllib.error.HTTPError as problem:
        sys.exit(f"{problem.code}: {problem.read().decode()}")
    except OSError as problem:  # no such file, no connection
        sys.exit(str(problem))
    except (Rejected, AssertionError) as problem:
        sys.exit(f"rejected: {problem}")
