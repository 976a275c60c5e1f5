// Opens the keystores that properties of Kafka name, by the calls that Kafka's default engine factory makes of the JDK, and
// holds the key against the certificate by a signature. Java 19 and later also read PBES2 so.
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

final class Kafka {
    record Identity(PrivateKey key, Certificate[] chain) {}

    public static void main(String[] files) throws Exception {
        for (String file : files) {
            Properties properties = new Properties();
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                properties.load(in);
            }
            String type = properties.getProperty("ssl.keystore.type");
            Identity identity = type.equals("PEM") ? pem(properties) : store(type, properties);
            String algorithm = identity.key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(identity.key);
            byte[] signed = signature.sign();
            signature.initVerify(identity.chain[0]);
            if (!signature.verify(signed)) throw new IllegalStateException("the key is another certificate's");
            System.out.println(file + ": the key is of the first of " + identity.chain.length + " certificates");
        }
    }

    static Identity store(String type, Properties properties) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        try (InputStream in = Files.newInputStream(Path.of(properties.getProperty("ssl.keystore.location")))) {
            store.load(in, properties.getProperty("ssl.keystore.password").toCharArray());
        }
        String alias = store.aliases().nextElement();
        char[] password = properties.getProperty("ssl.key.password").toCharArray();
        return new Identity((PrivateKey) store.getKey(alias, password), store.getCertificateChain(alias));
    }

    static Identity pem(Properties properties) throws Exception {
        if (properties.getProperty("ssl.keystore.password") != null) throw new IllegalStateException("a PEM store has none");
        String text = Files.readString(Path.of(properties.getProperty("ssl.keystore.location")));
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(blocks(text, "ENCRYPTED PRIVATE KEY").get(0));
        char[] password = properties.getProperty("ssl.key.password").toCharArray();
        // PBES2 is no cipher's name.
        Cipher cipher = Cipher.getInstance(info.getAlgName());
        var key = SecretKeyFactory.getInstance(info.getAlgName()).generateSecret(new PBEKeySpec(password));
        cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
        CertificateFactory certificates = CertificateFactory.getInstance("X.509");
        List<Certificate> chain = new ArrayList<>();
        for (byte[] der : blocks(text, "CERTIFICATE")) {
            chain.add(certificates.generateCertificate(new ByteArrayInputStream(der)));
        }
        return new Identity(key(info.getKeySpec(cipher)), chain.toArray(Certificate[]::new));
    }

    static PrivateKey key(KeySpec spec) throws GeneralSecurityException {
        for (String algorithm : List.of("RSA", "DSA", "EC")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException other) {
                // The next one.
            }
        }
        throw new GeneralSecurityException("a key that Kafka does not try");
    }

    static List<byte[]> blocks(String text, String label) {
        var block = Pattern.compile("-----BEGIN " + label + "-----([^-]+)-----END " + label + "-----").matcher(text);
        List<byte[]> found = new ArrayList<>();
        while (block.find()) found.add(Base64.getMimeDecoder().decode(block.group(1)));
        return found;
    }
}
