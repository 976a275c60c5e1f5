// BouncyCastle's keystores and Java's JCEKS with what keytool puts into none.
//
//   write PASSWORD          alice.p12, root.pem → the files below, in this folder
import java.io.*;
import java.security.*;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.*;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.util.*;
import org.bouncycastle.jcajce.BCFKSLoadStoreParameter;
import org.bouncycastle.jcajce.BCFKSLoadStoreParameter.*;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

public class Keystores {
    static Key key;
    static Certificate[] chain;

    public static void main(String[] arguments) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        String password = arguments[1];
        KeyStore alice = KeyStore.getInstance("PKCS12", "SunJSSE");
        try (InputStream in = new FileInputStream("alice.p12")) {
            alice.load(in, password.toCharArray());
        }
        key = alice.getKey("alice", password.toCharArray());
        chain = alice.getCertificateChain("alice");
        Certificate root;
        try (InputStream in = new FileInputStream("root.pem")) {
            root = CertificateFactory.getInstance("X.509").generateCertificate(in);
        }

        for (String[] form : new String[][] {{"bks", "BKS", "bks"}, {"uber", "UBER", "ubr"}, {"bcfks", "BCFKS", "bcfks"}}) {
            KeyStore both = identity(form[1], "BC", password);
            both.setCertificateEntry("root", root);
            save(name(form, "default"), both, password);
            save(name(form, "two-passwords"), identity(form[1], "BC", "keypass"), "storepass");
            save(name(form, "unicode-password"), identity(form[1], "BC", "schlüssel-密码-😀"), "schlüssel-密码-😀");
            save(name(form, "empty-password"), identity(form[1], "BC", ""), "");
            KeyStore secrets = fresh(form[1], "BC");
            put(secrets, "aes", new SecretKeySpec(new byte[32], "AES"), password);
            // BouncyCastle writes an HMAC key into a BCFKS that it then cannot read.
            if (!form[0].equals("bcfks")) put(secrets, "hmac", new SecretKeySpec(new byte[20], "HmacSHA256"), password);
            put(secrets, "des", KeyGenerator.getInstance("DESede", "BC").generateKey(), password);
            save(name(form, "secret-keys"), secrets, password);
        }
        KeyStore unsealed = fresh("BKS", "BC");
        unsealed.setCertificateEntry("root", root);
        save("bks-bc-truststore.bks", unsealed, password);
        KeyStore value = fresh("BKS", "BC");
        value.setKeyEntry("value", new byte[] {1, 2, 3}, null);
        save("bks-bc-stored-value.bks", value, password);

        PBKDFConfig scrypt = new ScryptConfig.Builder(1 << 12, 8, 1).withSaltLength(20).build();
        PBKDFConfig sha3 = new PBKDF2Config.Builder().withIterationCount(4096).withPRF(PBKDF2Config.PRF_SHA3_512).build();
        save("bcfks-bc-scrypt.bcfks", scrypt, EncryptionAlgorithm.AES256_CCM, MacAlgorithm.HmacSHA512, password);
        save("bcfks-bc-wrap-sha3.bcfks", sha3, EncryptionAlgorithm.AES256_KWP, MacAlgorithm.HmacSHA3_512, password);
        KeyStore signed = identity("BCFKS", "BC", password);
        try (OutputStream out = new FileOutputStream("bcfks-bc-signed.bcfks")) {
            signed.store(new BCFKSLoadStoreParameter.Builder(out, (PrivateKey) key)
                .withStoreSignatureAlgorithm(SignatureAlgorithm.SHA512withRSA).build());
        }

        KeyStore sealed = fresh("JCEKS", "SunJCE");
        put(sealed, "aes", new SecretKeySpec(new byte[16], "AES"), password);
        put(sealed, "hmac", new SecretKeySpec(new byte[20], "HmacSHA256"), password);
        put(sealed, "des", KeyGenerator.getInstance("DES", "SunJCE").generateKey(), password);
        put(sealed, "desede", KeyGenerator.getInstance("DESede", "SunJCE").generateKey(), password);
        save("jceks-java-secret-keys.jceks", sealed, password);
    }

    static String name(String[] form, String what) {
        return form[0] + "-bc-" + what + "." + form[2];
    }

    static KeyStore fresh(String type, String provider) throws Exception {
        KeyStore store = KeyStore.getInstance(type, provider);
        store.load(null, null);
        return store;
    }

    static KeyStore identity(String type, String provider, String password) throws Exception {
        KeyStore store = fresh(type, provider);
        store.setKeyEntry("alice", key, password.toCharArray(), chain);
        return store;
    }

    static void put(KeyStore store, String alias, SecretKey secret, String password) throws Exception {
        store.setKeyEntry(alias, secret, password.toCharArray(), null);
    }

    static void save(String file, KeyStore store, String password) throws Exception {
        try (OutputStream out = new FileOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
    }

    static void save(String file, PBKDFConfig kdf, EncryptionAlgorithm cipher, MacAlgorithm mac, String password)
            throws Exception {
        // A store keeps the figures it was born with, so the first of two writes gives them.
        KeyStore store = KeyStore.getInstance("BCFKS", "BC");
        store.load(new BCFKSLoadStoreParameter.Builder().withStorePBKDFConfig(kdf).withStoreEncryptionAlgorithm(cipher)
            .withStoreMacAlgorithm(mac).build());
        store.setKeyEntry("alice", key, password.toCharArray(), chain);
        save(file, store, password);
    }
}
