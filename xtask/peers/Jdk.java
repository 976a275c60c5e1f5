// What keytool finds in files, asked of the classes of the JDK that keytool is a shell of, so that one JVM does for all.
//
// Each line of the input is a kind, a file's path and its passwords in hexadecimal digits, the keystore's first, with tabs
// between; each of the output is the path, a kind and the DER in hexadecimal digits, likewise.

import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CRL;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Scanner;
import sun.security.pkcs10.PKCS10;

public class Jdk {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] arguments) {
        Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8);
        while (lines.hasNextLine()) {
            String[] fields = lines.nextLine().split("\t", -1);
            List<char[]> passwords = new ArrayList<>();
            for (int at = 2; at < fields.length; at++) {
                byte[] bytes = HexFormat.of().parseHex(fields[at]);
                passwords.add(new String(bytes, StandardCharsets.UTF_8).toCharArray());
            }
            try {
                // All of a file or nothing: what is found before an exception is no answer.
                List<String> found = open(fields[0], Files.readAllBytes(Path.of(fields[1])), passwords);
                found.forEach(line -> OUT.println(fields[1] + "\t" + line));
            } catch (Exception | StackOverflowError | OutOfMemoryError refused) {
                // Refused: no line.
            }
        }
    }

    private static List<String> open(String kind, byte[] bytes, List<char[]> passwords) throws Exception {
        return switch (kind) {
            case "pkcs12", "jks", "jceks" -> keystore(kind, bytes, passwords);
            case "csr" -> List.of(line("request", request(bytes).getEncoded()));
            case "crl" -> lists(bytes);
            default -> certificates(bytes);
        };
    }

    private static List<String> keystore(String kind, byte[] bytes, List<char[]> passwords) throws Exception {
        KeyStore store = KeyStore.getInstance(kind);
        store.load(new ByteArrayInputStream(bytes), passwords.get(0));
        List<String> found = new ArrayList<>(List.of(line("other", new byte[0])));
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                Key key = key(store, alias, passwords);
                found.add(line(key instanceof PrivateKey ? "key" : "other", key.getEncoded()));
            }
            Certificate[] chain = store.getCertificateChain(alias);
            Certificate lone = store.getCertificate(alias);
            Certificate[] all = chain != null ? chain : lone != null ? new Certificate[] {lone} : new Certificate[0];
            for (Certificate certificate : all) {
                found.add(line("certificate", certificate.getEncoded()));
            }
        }
        return found;
    }

    private static Key key(KeyStore store, String alias, List<char[]> passwords) throws Exception {
        Exception last = null;
        for (char[] password : passwords) {
            try {
                return store.getKey(alias, password);
            } catch (Exception refused) {
                last = refused;
            }
        }
        throw last;
    }

    private static PKCS10 request(byte[] bytes) throws Exception {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean armoured = text.contains("-----BEGIN");
        String digits = text.replaceAll("(?s).*?-----BEGIN [A-Z ]*-----(.*?)-----END.*", "$1");
        return new PKCS10(armoured ? Base64.getMimeDecoder().decode(digits) : bytes);
    }

    private static List<String> lists(byte[] bytes) throws Exception {
        List<String> found = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (CRL list : factory.generateCRLs(new ByteArrayInputStream(bytes))) {
            found.add(line("list", ((X509CRL) list).getEncoded()));
        }
        return found;
    }

    private static List<String> certificates(byte[] bytes) throws Exception {
        List<String> found = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (Certificate certificate : factory.generateCertificates(new ByteArrayInputStream(bytes))) {
            found.add(line("certificate", certificate.getEncoded()));
        }
        return found;
    }

    private static String line(String kind, byte[] der) {
        return kind + "\t" + HexFormat.of().formatHex(der);
    }
}
