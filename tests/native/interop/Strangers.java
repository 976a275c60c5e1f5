// What Java, its keytool, BouncyCastle and the way of Anaplan Connect find in written files: all rows in one Java.
//
//   java -cp CLASSES:bcprov.jar Strangers FOLDER
//
// FOLDER/rows says of each file: name, kind, the store's password, the keys' password and the aliases, in hexadecimal and
// with tabs between. Printed is, of each column and file:
//
//   column TAB file TAB keys TAB chains TAB aliases        PKCS#8, SHA-256 of certificates, UTF-8; all in hexadecimal
//   keytool TAB file TAB = TAB what `keytool -list -v` printed, in hexadecimal
//   column TAB file TAB ! TAB why it cannot be opened
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

public class Strangers {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final HexFormat HEX = HexFormat.of();

    /** A file and what opens it. */
    record Row(Path path, String kind, char[] store, char[] key, List<String> aliases) {
        byte[] bytes() throws Exception {
            return Files.readAllBytes(path);
        }
    }

    /** What was found. */
    static final class Seen {
        final List<String> keys = new ArrayList<>();
        final List<String> chains = new ArrayList<>();
        final List<String> aliases = new ArrayList<>();

        void key(byte[] pkcs8) {
            keys.add(HEX.formatHex(pkcs8));
        }

        void chain(Iterable<? extends Certificate> chain) throws Exception {
            List<String> hashes = new ArrayList<>();
            for (Certificate one : chain) {
                hashes.add(HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(one.getEncoded())));
            }
            chains.add(String.join(",", hashes));
        }

        void alias(String alias) {
            aliases.add(HEX.formatHex(alias.getBytes(StandardCharsets.UTF_8)));
        }
    }

    interface Look {
        Seen at(Row row) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Provider bouncy = new BouncyCastleProvider();
        for (String line : Files.readAllLines(folder.resolve("rows"))) {
            String[] parts = line.split("\t", -1);
            List<String> aliases = parts[4].isEmpty()
                    ? List.of()
                    : Arrays.stream(parts[4].split(",")).map(Strangers::text).collect(Collectors.toList());
            Row row = new Row(folder.resolve(parts[0]), parts[1], text(parts[2]).toCharArray(),
                    text(parts[3]).toCharArray(), aliases);
            switch (row.kind()) {
                case "Pkcs12" -> {
                    keytool("PKCS12", row);
                    tell("java", row, one -> keystore(KeyStore.getInstance("PKCS12"), one));
                    tell("bc", row, one -> keystore(KeyStore.getInstance("PKCS12", bouncy), one));
                }
                case "Jceks" -> {
                    keytool("JCEKS", row);
                    tell("java", row, one -> keystore(KeyStore.getInstance("JCEKS"), one));
                }
                case "Jks" -> {
                    keytool("JKS", row);
                    tell("java", row, one -> keystore(KeyStore.getInstance("JKS"), one));
                    tell("connect", row, Strangers::connect);
                }
                case "Pkcs8" -> {
                    tell("java", row, Strangers::pkcs8);
                    if (row.key().length == 0) tell("bc", row, one -> plain(one, bouncy));
                }
                case "Openssh" -> {
                    if (row.key().length == 0) tell("bc", row, Strangers::openssh);
                }
                case "Cms", "Certificates" -> {
                    tell("java", row, one -> certificates(CertificateFactory.getInstance("X.509"), one));
                    tell("bc", row, one -> certificates(CertificateFactory.getInstance("X.509", bouncy), one));
                }
                default -> { }
            }
        }
    }

    /** keytool, which with -debug throws where it would end the process. */
    private static void keytool(String type, Row row) {
        String name = row.path().getFileName().toString();
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            sun.security.tools.keytool.Main.main(new String[] {"-debug", "-list", "-v", "-keystore", row.path().toString(),
                    "-storetype", type, "-storepass:file", row.path() + ".password"});
            OUT.println(String.join("\t", "keytool", name, "=", HEX.formatHex(said.toByteArray())));
        } catch (Exception error) {
            OUT.println(String.join("\t", "keytool", name, "!", String.valueOf(error).replaceAll("\\s+", " ")));
        } finally {
            System.setOut(before);
        }
    }

    private static void tell(String column, Row row, Look look) {
        String name = row.path().getFileName().toString();
        try {
            Seen seen = look.at(row);
            OUT.println(String.join("\t", column, name, String.join(",", seen.keys), String.join(";", seen.chains),
                    String.join(",", seen.aliases)));
        } catch (Exception | LinkageError error) {
            OUT.println(String.join("\t", column, name, "!", String.valueOf(error).replaceAll("\\s+", " ")));
        }
    }

    private static String text(String hex) {
        return new String(HEX.parseHex(hex), StandardCharsets.UTF_8);
    }

    private static Seen keystore(KeyStore store, Row row) throws Exception {
        store.load(new ByteArrayInputStream(row.bytes()), row.store());
        Seen seen = new Seen();
        for (String alias : Collections.list(store.aliases())) {
            seen.alias(alias);
            if (store.isKeyEntry(alias)) {
                PrivateKey key = (PrivateKey) store.getKey(alias, row.key());
                Certificate[] chain = store.getCertificateChain(alias);
                fits(key, chain[0]);
                seen.key(key.getEncoded());
                seen.chain(Arrays.asList(chain));
            } else {
                seen.chain(List.of(store.getCertificate(alias)));
            }
        }
        return seen;
    }

    private static Seen connect(Row row) throws Exception {
        Seen seen = new Seen();
        for (String alias : row.aliases()) {
            // Aliases of a JKS do not tell capitals apart, and the file's owner may type either.
            ConnectLoad.load(row.path().toString(), alias.toUpperCase(), row.store());
            ConnectLoad.Identity identity = ConnectLoad.load(row.path().toString(), alias, row.store());
            seen.alias(alias);
            seen.key(identity.key().getEncoded());
            seen.chain(Arrays.asList(identity.chain()));
        }
        return seen;
    }

    /** What the key signs, the certificate verifies. */
    private static void fits(PrivateKey key, Certificate leaf) throws Exception {
        String name = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA512withRSA";
            case "EC", "ECDSA" -> "SHA512withECDSA";
            default -> "Ed25519";
        };
        Signature signing = Signature.getInstance(name);
        signing.initSign(KeyFactory.getInstance(name.contains("EC") ? "EC" : key.getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded())));
        signing.update(new byte[150]);
        Signature checking = Signature.getInstance(name);
        checking.initVerify(CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(leaf.getEncoded())));
        checking.update(new byte[150]);
        if (!checking.verify(signing.sign())) throw new IllegalStateException("the certificate does not verify");
    }

    private static Seen certificates(CertificateFactory factory, Row row) throws Exception {
        Seen seen = new Seen();
        seen.chain(factory.generateCertificates(new ByteArrayInputStream(row.bytes())));
        return seen;
    }

    private static byte[] unarmoured(Row row) throws Exception {
        String text = Files.readString(row.path()).replaceAll("-----[^-]*-----", "").replaceAll("\\s", "");
        return Base64.getDecoder().decode(text);
    }

    private static Seen plain(Row row, Provider provider) throws Exception {
        Seen seen = new Seen();
        seen.key(generated(new PKCS8EncodedKeySpec(unarmoured(row)), provider).getEncoded());
        return seen;
    }

    /** By the first factory that takes it; of any provider where none is named. */
    private static PrivateKey generated(PKCS8EncodedKeySpec spec, Provider provider) throws Exception {
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                KeyFactory factory = provider == null
                        ? KeyFactory.getInstance(algorithm)
                        : KeyFactory.getInstance(algorithm, provider);
                return factory.generatePrivate(spec);
            } catch (java.security.spec.InvalidKeySpecException other) {
                // another kind
            }
        }
        throw new IllegalStateException("no factory takes the key");
    }

    private static Seen pkcs8(Row row) throws Exception {
        if (row.key().length == 0) return plain(row, null);
        EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(unarmoured(row));
        AlgorithmParameters parameters = encrypted.getAlgParameters();
        // The name of a PBES2 scheme is only in the text of its parameters.
        Cipher cipher = Cipher.getInstance(parameters.toString());
        SecretKeyFactory factory = SecretKeyFactory.getInstance(parameters.toString());
        cipher.init(Cipher.DECRYPT_MODE, factory.generateSecret(new PBEKeySpec(row.key())), parameters);
        Seen seen = new Seen();
        seen.key(generated(encrypted.getKeySpec(cipher), null).getEncoded());
        return seen;
    }

    private static Seen openssh(Row row) throws Exception {
        Seen seen = new Seen();
        seen.key(PrivateKeyInfoFactory.createPrivateKeyInfo(OpenSSHPrivateKeyUtil.parsePrivateKeyBlob(unarmoured(row)))
                .getEncoded());
        return seen;
    }
}
