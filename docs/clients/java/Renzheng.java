// A registry's client of Renzheng: JDK 17 or later, without libraries. Without arguments it prints its usage.

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class Renzheng {
    static final int TOLERANCE = 300; // seconds between webhook-timestamp and our clock
    static final int MAX_EVENT = 256 << 10;
    static final BigInteger HALF_N = new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16).shiftRight(1);

    /** What came is not what it should be. */
    static final class Rejected extends RuntimeException {
        Rejected(String why) {
            super(why);
        }
    }

    // --- signing requests (RFC 9421) ---

    record Signed(String base, String params) {}

    /** Returns the signature base and the parameters, which go into Signature-Input. */
    static Signed signatureBase(String method, String authority, String path, String query, String digest, long created, String keyId, String nonce) {
        var parts = new LinkedHashMap<String, String>();
        parts.put("@method", method);
        parts.put("@authority", authority);
        parts.put("@path", path);
        parts.put("@query", "?" + query);
        if (digest != null) parts.put("content-digest", digest);
        var covered = parts.keySet().stream().map(name -> '"' + name + '"').collect(Collectors.joining(" "));
        var params = "(%s);created=%d;keyid=\"%s\";nonce=\"%s\"".formatted(covered, created, keyId, nonce);
        parts.put("@signature-params", params);
        return new Signed(parts.entrySet().stream().map(p -> '"' + p.getKey() + "\": " + p.getValue()).collect(Collectors.joining("\n")), params);
    }

    static String contentDigest(byte[] body) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(sha256(body)) + ":";
    }

    static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        var der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        try {
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        }
    }

    /** Signs by Ed25519, or by ecdsa-p256-sha256, which is r and s, 32 bytes each. */
    static String sign(PrivateKey key, String base) throws GeneralSecurityException {
        var signature = Signature.getInstance(key.getAlgorithm().startsWith("Ed") ? "Ed25519" : "SHA256withECDSAinP1363Format");
        signature.initSign(key);
        signature.update(base.getBytes(UTF_8));
        return "sig1=:" + Base64.getEncoder().encodeToString(signature.sign()) + ":";
    }

    /** Calls the server as the registry of the settings. */
    static final class Client implements Keys {
        final Map<String, Object> settings;
        final Path data;
        private final PrivateKey key;
        private final HttpClient http = HttpClient.newHttpClient();
        private final Map<String, Map<String, Object>> keys = new ConcurrentHashMap<>();
        private final SecureRandom random = new SecureRandom();

        Client(Map<String, Object> settings) throws Exception {
            this.settings = settings;
            key = privateKey(Files.readString(Path.of(text(settings, "key"))));
            data = Files.createDirectories(Path.of(text(settings, "data")));
        }

        byte[] send(String method, String path, String query, byte[] body) throws Exception {
            var nonce = new byte[18];
            random.nextBytes(nonce);
            var digest = body == null ? null : contentDigest(body);
            var signed = signatureBase(method, text(settings, "authority"), path, query, digest, Instant.now().getEpochSecond(),
                text(settings, "key_id"), Base64.getUrlEncoder().encodeToString(nonce));
            var request = HttpRequest.newBuilder(URI.create(text(settings, "base") + path + (query.isEmpty() ? "" : "?" + query)))
                .header("Signature-Input", "sig1=" + signed.params()).header("Signature", sign(key, signed.base()));
            if (body != null) request.header("Content-Type", "application/json").header("Content-Digest", digest);
            return exchange(request.method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body)));
        }

        private byte[] exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
            var answer = http.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 != 2) throw new Rejected(answer.statusCode() + ": " + new String(answer.body(), UTF_8));
            return answer.body();
        }

        String push(String caseId, byte[] body) throws Exception {
            return new String(send("PUT", "/registry/v1/cases/" + caseId, "", body), UTF_8);
        }

        /** Passes on new events. The cursor is kept after each page, so an event may come again, but none is missed. */
        void pull(Consumer<Map<String, Object>> take) throws Exception {
            var cursor = data.resolve("cursor");
            var after = Files.exists(cursor) ? Files.readString(cursor) : "0";
            while (true) {
                var page = object(Json.parse(new String(send("GET", "/registry/v1/events", "after=" + after, null), UTF_8)));
                for (var event : list(page, "events")) take.accept(object(event));
                var next = page.get("next_after").toString();
                if (next.equals(after)) return;
                after = next;
                Files.writeString(cursor, after);
            }
        }

        /** Returns a public key of receipts. Keys are added and never removed, so an unknown one is looked up anew. */
        @Override
        public Map<String, Object> get(String keyId) throws Exception {
            if (!keys.containsKey(keyId)) {
                var set = exchange(HttpRequest.newBuilder(URI.create(text(settings, "base") + "/.well-known/jwks.json")));
                for (var one : list(object(Json.parse(new String(set, UTF_8))), "keys")) keys.put(text(object(one), "kid"), object(one));
            }
            return keys.get(keyId);
        }

        /** Fetches evidence, verifies it, and files its bytes unchanged. receipt is that of the event, or null. */
        Path fileEvidence(String caseId, String signerId, String revision, String receipt) throws Exception {
            var target = data.resolve(caseId + "." + signerId + "." + revision + ".json");
            if (Files.exists(target)) return target;
            var file = send("GET", "/registry/v1/cases/" + caseId + "/signers/" + signerId + "/evidence", "revision=" + revision, null);
            verifyEvidence(file, this, receipt);
            var partial = Files.createTempFile(data, "evidence", null);
            Files.write(partial, file);
            return Files.move(partial, target, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        }
    }

    // --- verifying receipts and evidence ---

    interface Keys {
        Map<String, Object> get(String keyId) throws Exception;
    }

    static byte[] unpadded(String text) {
        var raw = Base64.getUrlDecoder().decode(text);
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(raw).equals(text)) throw new Rejected("not base64url");
        return raw;
    }

    static PublicKey publicKey(Map<String, Object> jwk) throws GeneralSecurityException {
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        var point = new ECPoint(new BigInteger(1, unpadded(text(jwk, "x"))), new BigInteger(1, unpadded(text(jwk, "y"))));
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    /** Returns the statement of a receipt. */
    static Map<String, Object> verifyReceipt(String receipt, Keys trusted) throws Exception {
        var parts = receipt.split("\\.", -1);
        if (parts.length != 3) throw new Rejected("not a receipt");
        var header = object(Json.parse(new String(unpadded(parts[0]), UTF_8)));
        if (header.size() != 3 || !"ES256".equals(header.get("alg")) || !"renzheng-receipt+jws".equals(header.get("typ"))) throw new Rejected("not a receipt");
        var jwk = trusted.get(text(header, "kid"));
        if (jwk == null) throw new Rejected("the receipt's key is unknown");
        var raw = unpadded(parts[2]);
        // of the two valid values of s, only the lower one is a receipt's
        if (raw.length != 64 || new BigInteger(1, Arrays.copyOfRange(raw, 32, 64)).compareTo(HALF_N) > 0) throw new Rejected("the signature is malformed");
        var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(publicKey(jwk));
        signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
        if (!signature.verify(raw)) throw new Rejected("the receipt was altered");
        return object(Json.parse(new String(unpadded(parts[1]), UTF_8)));
    }

    static String commitment(String domain, String salt, Object value) throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256");
        digest.update((domain + "\0").getBytes(UTF_8));
        digest.update(unpadded(salt));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest(Json.canonical(value).getBytes(UTF_8)));
    }

    static final Map<String, String> PARTS = Map.of("renzheng/content/1", "content_digest", "renzheng/signer/1", "signer",
        "renzheng/case/1", "case", "renzheng/portrait/1", "portrait", "renzheng/handwriting/1", "handwriting",
        "renzheng/scan/1", "scan");

    /** Verifies an evidence file, and returns its statement. Only `bff verify` also draws the handwriting again. */
    static Map<String, Object> verifyEvidence(byte[] file, Keys trusted, String receipt) throws Exception {
        var evidence = object(Json.parse(new String(file, UTF_8)));
        if (!Arrays.equals(Json.canonical(evidence).getBytes(UTF_8), file)) throw new Rejected("the file is not RFC 8785 JSON");
        if (receipt != null && !receipt.equals(evidence.get("receipt"))) throw new Rejected("the evidence is of another receipt");
        var statement = verifyReceipt(text(evidence, "receipt"), trusted);
        var opened = new LinkedHashMap<String, Map<String, Object>>();
        for (var entry : list(evidence, "openings")) {
            var opening = object(entry);
            var member = PARTS.get(text(opening, "domain"));
            if (member == null || !commitment(text(opening, "domain"), text(opening, "salt"), opening.get("value")).equals(statement.get(member))
                || opened.put(member, object(opening.get("value"))) != null) throw new Rejected(member + " is not what the receipt commits to");
        }
        for (var member : PARTS.values()) {
            if (statement.getOrDefault(member, "none").equals("none") == opened.containsKey(member)) throw new Rejected("an opening is missing");
        }
        for (var picture : List.of("portrait", "handwriting", "scan")) {
            if (evidence.containsKey(picture) != opened.containsKey(picture)) throw new Rejected("the " + picture + " is missing, or one too many");
        }
        if (opened.containsKey("portrait")) {
            var digest = HexFormat.of().formatHex(sha256(Base64.getDecoder().decode(text(evidence, "portrait"))));
            if (!digest.equals(opened.get("portrait").get("sha256"))) throw new Rejected("another portrait");
        }
        if (opened.containsKey("scan")) {
            var digests = new ArrayList<Object>();
            for (var page : list(evidence, "scan")) digests.add(HexFormat.of().formatHex(sha256(Base64.getDecoder().decode((String) page))));
            if (!digests.equals(list(opened.get("scan"), "pages"))) throw new Rejected("other pages of the signed paper");
        }
        return statement;
    }

    // --- taking events (Standard Webhooks) ---

    /** Verifies the signature over the bytes of the body as received, and the time. */
    static void verifyWebhook(String secret, String id, String timestamp, String signatures, byte[] body, long now) throws GeneralSecurityException {
        if (!timestamp.matches("\\d{1,12}") || Math.abs(now - Long.parseLong(timestamp)) > TOLERANCE) throw new Rejected("the timestamp is too far away");
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
        mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
        var expected = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes(UTF_8);
        for (var one : signatures.split(" ")) {
            if (MessageDigest.isEqual(expected, one.getBytes(UTF_8))) return;
        }
        throw new Rejected("the signature is another");
    }

    /** Takes an event. To take it again does no harm: the id of an event never changes. */
    static void take(Client client, String secret, HttpExchange exchange, byte[] body) throws Exception {
        var headers = exchange.getRequestHeaders();
        String id = headers.getFirst("webhook-id"), timestamp = headers.getFirst("webhook-timestamp"), signatures = headers.getFirst("webhook-signature");
        if (id == null || timestamp == null || signatures == null) throw new Rejected("a header is missing");
        verifyWebhook(secret, id, timestamp, signatures, body, Instant.now().getEpochSecond());
        var event = object(Json.parse(new String(body, UTF_8)));
        var type = text(event, "type");
        var data = object(event.get("data"));
        if (!client.settings.get("registry_id").equals(data.get("registry_id"))) throw new Rejected("another registry's event");
        if (type.equals("todo.confirmed") || type.equals("todo.refused")) {
            var statement = verifyReceipt(text(data, "receipt"), client);
            for (var name : List.of("registry_id", "todo_id", "revision", "confirmation_id")) {
                if (!statement.get(name).equals(data.get(name))) throw new Rejected("the receipt is of another answer");
            }
            if (!type.equals("todo." + statement.get("decision"))) throw new Rejected("the receipt is of another answer");
        }
        Files.write(client.data.resolve(id + ".event.json"), body); // on record before it is acknowledged
        if (type.equals("todo.confirmed")) new Thread(() -> fetchLater(client, data)).start();
    }

    static void fetchLater(Client client, Map<String, Object> data) {
        try {
            client.fileEvidence(text(data, "case_id"), text(data, "signer_id"), data.get("revision").toString(), text(data, "receipt"));
        } catch (Exception problem) { // it is fetched again when the event comes again, or by `evidence`
            System.err.println("evidence: " + problem.getMessage());
        }
    }

    static void serve(Client client, int port) throws IOException {
        var secret = Files.readString(Path.of(text(client.settings, "secret"))).strip();
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            try (exchange) {
                int status = 204;
                try {
                    var body = exchange.getRequestBody().readNBytes(MAX_EVENT + 1);
                    if (body.length > MAX_EVENT) status = 413;
                    else take(client, secret, exchange, body);
                } catch (Exception problem) {
                    System.err.println("event: " + problem.getMessage());
                    status = 400;
                }
                exchange.sendResponseHeaders(status, -1);
            }
        });
        server.start();
    }

    // --- JSON, which the JDK lacks ---

    static final class Json {
        private final String text;
        private int at;

        private Json(String text) {
            this.text = text;
        }

        static Object parse(String text) {
            var json = new Json(text);
            var value = json.value();
            if (json.peek() != 0) throw new Rejected("not JSON");
            return value;
        }

        private char peek() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
            return at < text.length() ? text.charAt(at) : 0;
        }

        private boolean next(char wanted) {
            boolean found = peek() == wanted;
            if (found) at++;
            return found;
        }

        private void need(char wanted) {
            if (!next(wanted)) throw new Rejected("not JSON");
        }

        private Object value() {
            switch (peek()) {
                case '{': return members();
                case '[': return elements();
                case '"': return string();
                default:
                    int from = at;
                    while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) at++;
                    var word = text.substring(from, at);
                    if (word.matches("true|false")) return Boolean.valueOf(word);
                    if (word.equals("null")) return null;
                    if (!word.matches("-?\\d{1,18}")) throw new Rejected("not JSON, or a number that is not whole");
                    return Long.valueOf(word);
            }
        }

        private Map<String, Object> members() {
            var object = new LinkedHashMap<String, Object>();
            need('{');
            if (next('}')) return object;
            do {
                peek();
                var name = string();
                need(':');
                if (object.containsKey(name)) throw new Rejected("a member is there twice");
                object.put(name, value());
            } while (next(','));
            need('}');
            return object;
        }

        private List<Object> elements() {
            var array = new ArrayList<>();
            need('[');
            if (next(']')) return array;
            do array.add(value()); while (next(','));
            need(']');
            return array;
        }

        private String string() {
            need('"');
            var out = new StringBuilder();
            for (char c; (c = text.charAt(at++)) != '"'; ) {
                if (c < ' ') throw new Rejected("not JSON");
                if (c != '\\') {
                    out.append(c);
                    continue;
                }
                char escape = text.charAt(at++);
                int plain = "\"\\/bfnrt".indexOf(escape);
                if (plain >= 0) out.append("\"\\/\b\f\n\r\t".charAt(plain));
                else if (escape == 'u') out.append((char) Integer.parseInt(text.substring(at, at += 4), 16));
                else throw new Rejected("not JSON");
            }
            return out.toString();
        }

        /** RFC 8785 JSON. */
        static String canonical(Object value) {
            if (value instanceof Map<?, ?> map) {
                return new TreeMap<>(object(map)).entrySet().stream().map(m -> quote(m.getKey()) + ":" + canonical(m.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
            }
            if (value instanceof List<?> list) return list.stream().map(Json::canonical).collect(Collectors.joining(",", "[", "]"));
            return value instanceof String text ? quote(text) : String.valueOf(value);
        }

        private static String quote(String text) {
            var out = new StringBuilder("\"");
            for (char c : text.toCharArray()) {
                int named = "\"\\\b\f\n\r\t".indexOf(c);
                if (named >= 0) out.append('\\').append("\"\\bfnrt".charAt(named));
                else if (c < ' ') out.append("\\u%04x".formatted((int) c));
                else out.append(c);
            }
            return out.append('"').toString();
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        if (value instanceof Map<?, ?> map) return (Map<String, Object>) map;
        throw new Rejected("not an object");
    }

    static List<?> list(Map<String, Object> object, String name) {
        if (object.get(name) instanceof List<?> list) return list;
        throw new Rejected("no list " + name);
    }

    static String text(Map<String, Object> object, String name) {
        if (object.get(name) instanceof String text) return text;
        throw new Rejected("no text " + name);
    }

    static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    // --- test vectors (docs/vectors) ---

    interface Check {
        void run() throws Exception;
    }

    static boolean holds(Check check) {
        try {
            check.run();
            return true;
        } catch (Exception problem) {
            return false;
        }
    }

    static void want(boolean holds, Map<String, Object> vector) {
        if (!holds) throw new Rejected("vector: " + vector.get("name"));
    }

    static void checkVectors(Path folder) throws Exception {
        for (var v : vectors(folder, "request.json")) {
            var body = text(v, "body").isEmpty() ? null : contentDigest(text(v, "body").getBytes(UTF_8));
            var signed = signatureBase(text(v, "method"), text(v, "authority"), text(v, "path"), text(v, "query"), body,
                (Long) v.get("created"), text(v, "key_id"), text(v, "nonce"));
            want(signed.base().equals(v.get("base")) && ("sig1=" + signed.params()).equals(v.get("signature_input")), v);
            if (v.get("alg").equals("ed25519")) want(sign(privateKey(text(v, "private_key")), signed.base()).equals(v.get("signature")), v); // the others have a random part
        }
        for (var v : vectors(folder, "webhook.json")) {
            want(v.get("valid").equals(holds(() -> verifyWebhook(text(v, "secret"), text(v, "webhook_id"), text(v, "webhook_timestamp"),
                text(v, "webhook_signature"), text(v, "body").getBytes(UTF_8), (Long) v.get("now")))), v);
        }
        for (var v : vectors(folder, "commitment.json")) {
            want(commitment(text(v, "domain"), text(v, "salt"), v.get("value")).equals(v.get("commitment")), v);
        }
        var keys = list(object(object(Json.parse(Files.readString(folder.resolve("evidence.json")))).get("jwks")), "keys");
        Keys trusted = id -> keys.stream().map(Renzheng::object).filter(key -> key.get("kid").equals(id)).findFirst().orElse(null);
        for (var v : vectors(folder, "evidence.json")) {
            want(v.get("valid").equals(holds(() -> verifyEvidence(text(v, "file").getBytes(UTF_8), trusted, null))), v);
        }
    }

    static List<Map<String, Object>> vectors(Path folder, String name) throws IOException {
        return list(object(Json.parse(Files.readString(folder.resolve(name)))), "vectors").stream().map(Renzheng::object).toList();
    }

    static final String USAGE = """
              java Renzheng.java push CASE_ID FILE                 push a revision of a case
              java Renzheng.java pull                              print new events of the feed, one a line
              java Renzheng.java evidence CASE_ID SIGNER_ID REVISION   fetch, verify and file evidence
              java Renzheng.java serve PORT                        take events on 127.0.0.1
              java Renzheng.java vectors DIR                       check this client with the test vectors

            Settings are in the JSON file that RENZHENG names; see README.md.""";
    static final Map<String, Integer> ARGUMENTS = Map.of("push", 2, "pull", 0, "evidence", 3, "serve", 1, "vectors", 1);

    public static void main(String[] args) throws Exception {
        try {
            if (args.length == 0 || !Integer.valueOf(args.length - 1).equals(ARGUMENTS.get(args[0]))) {
                throw new Rejected(USAGE);
            }
            if (System.getenv("RENZHENG") == null && !args[0].equals("vectors")) {
                throw new Rejected("RENZHENG must name the JSON file of settings; see README.md");
            }
            if (args[0].equals("vectors")) {
                checkVectors(Path.of(args[1]));
                return;
            }
            var client = new Client(object(Json.parse(Files.readString(Path.of(System.getenv("RENZHENG"))))));
            switch (args[0]) {
                case "push" -> System.out.println(client.push(args[1], Files.readAllBytes(Path.of(args[2]))));
                case "pull" -> client.pull(event -> System.out.println(Json.canonical(event)));
                case "evidence" -> System.out.println(client.fileEvidence(args[1], args[2], args[3], null));
                case "serve" -> serve(client, Integer.parseInt(args[1]));
                default -> throw new Rejected("unknown command " + args[0]);
            }
        } catch (Rejected problem) {
            System.err.println(problem.getMessage());
            System.exit(1);
        }
    }
}
