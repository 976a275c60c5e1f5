// Keystores by BouncyCastle and by Java's own classes, and both of them as readers.
//
//   write PASSWORD          alice.p12 and bob.p12 → the files below, in this folder
//   read                    lines FILE ⇥ TYPE ⇥ PROVIDER ⇥ PASSWORD… on standard input → lines of what was found
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.security.*;
import java.security.cert.*;
import java.security.cert.Certificate;
import java.util.*;

public class Stores {
    public static void main(String[] arguments) throws Exception {
        Security.addProvider((Provider) Class.forName("org.bouncycastle.jce.provider.BouncyCastleProvider")
            .getDeclaredConstructor().newInstance());
        if (arguments[0].equals("write")) write(arguments[1]); else read();
    }

    static void write(String password) throws Exception {
        KeyStore alice = source("alice", password), bob = source("bob", password);
        save("pkcs12-bc-default.p12", add(fresh("PKCS12", "BC"), "alice", alice, password, null), password);
        save("pkcs12-bc-3des.p12", add(fresh("PKCS12-3DES-3DES", "BC"), "alice", alice, password, null), password);
        save("pkcs12-bc-empty-password.p12", add(fresh("PKCS12", "BC"), "alice", alice, password, null), "");
        KeyStore two = add(add(fresh("PKCS12", "BC"), "alice", alice, password, null), "bob", bob, password, null);
        try (InputStream in = new FileInputStream("selfsigned.pem")) {
            two.setCertificateEntry("selfsigned", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        save("pkcs12-bc-two-keys.p12", two, password);
        KeyStore unicode = fresh("PKCS12", "BC");
        unicode.setKeyEntry("schlüssel 山田", alice.getKey("alice", password.toCharArray()), null,
            alice.getCertificateChain("alice"));
        save("pkcs12-bc-unicode.p12", unicode, "пароль-密码");
        KeyStore der = add(fresh("PKCS12", "BC"), "alice", alice, password, null);
        try (OutputStream out = new FileOutputStream("pkcs12-bc-der.p12")) {
            der.store((KeyStore.LoadStoreParameter) Class.forName("org.bouncycastle.jcajce.PKCS12StoreParameter")
                .getConstructor(OutputStream.class, char[].class, boolean.class)
                .newInstance(out, password.toCharArray(), true));
        }
        save("pkcs12-java-two-passwords.p12", add(fresh("PKCS12", "SunJSSE"), "alice", alice, password, "keypass"),
            "storepass");
    }

    static KeyStore source(String name, String password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12", "SunJSSE");
        try (InputStream in = new FileInputStream(name + ".p12")) {
            store.load(in, password.toCharArray());
        }
        return store;
    }

    static KeyStore fresh(String type, String provider) throws Exception {
        KeyStore store = KeyStore.getInstance(type, provider);
        store.load(null, null);
        return store;
    }

    static KeyStore add(KeyStore to, String alias, KeyStore from, String password, String own) throws Exception {
        to.setKeyEntry(alias, from.getKey(alias, password.toCharArray()), own == null ? null : own.toCharArray(),
            from.getCertificateChain(alias));
        return to;
    }

    static void save(String file, KeyStore store, String password) throws Exception {
        try (OutputStream out = new FileOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
    }

    // FILE ⇥ PROVIDER ⇥ key ⇥ ALIAS ⇥ PKCS#8 in base64 ⇥ certificates in base64 …
    // FILE ⇥ PROVIDER ⇥ certificate ⇥ ALIAS ⇥ base64  ·  FILE ⇥ PROVIDER ⇥ failed ⇥ why
    static void read() throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = lines.readLine()) != null;) {
            String[] words = line.split("\t", -1);
            StringBuilder found = new StringBuilder();
            String head = words[0] + "\t" + words[2] + "\t";
            try (InputStream in = new FileInputStream(words[0])) {
                KeyStore store = KeyStore.getInstance(words[1], words[2]);
                store.load(in, words[3].toCharArray());
                for (String alias : Collections.list(store.aliases())) {
                    if (store.isKeyEntry(alias)) {
                        Key key = key(store, alias, Arrays.copyOfRange(words, 3, words.length));
                        if (!(key instanceof PrivateKey)) continue;
                        found.append(head).append("key\t").append(alias).append("\t").append(base64(key.getEncoded()));
                        Certificate[] chain = store.getCertificateChain(alias);
                        for (Certificate one : chain == null ? new Certificate[0] : chain)
                            found.append("\t").append(base64(one.getEncoded()));
                        found.append("\n");
                    } else {
                        found.append(head).append("certificate\t").append(alias).append("\t")
                            .append(base64(store.getCertificate(alias).getEncoded())).append("\n");
                    }
                }
                found.append(head).append("opened\n");
            } catch (Exception why) {
                found = new StringBuilder(head + "failed\t" + String.valueOf(why).replaceAll("\\s", " ") + "\n");
            }
            out.print(found);
        }
    }

    static Key key(KeyStore store, String alias, String[] passwords) throws Exception {
        Exception last = null;
        for (String password : passwords) {
            try {
                Key key = store.getKey(alias, password.toCharArray());
                if (key != null) return key;
            } catch (Exception why) {
                last = why;
            }
        }
        throw last == null ? new KeyStoreException("no key") : last;
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
