// Opens a keystore as Anaplan Connect does, and makes the signature that Anaplan checks.
//
// KeyStore.getInstance("JKS"), the key fetched by its alias with the store's password, SHA512withRSA over 150 random
// bytes, verified with the certificate under the same alias.
import java.io.FileInputStream;
import java.io.InputStream;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;

final class ConnectLoad {
    /** The key and its chain, once the key has signed. */
    record Identity(PrivateKey key, Certificate[] chain) {}

    static Identity load(String path, String alias, char[] password) throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        try (InputStream in = new FileInputStream(path)) {
            store.load(in, password);
        }
        PrivateKey key = (PrivateKey) store.getKey(alias, password);
        if (key == null) throw new IllegalStateException("no key is called " + alias);
        byte[] message = new byte[150];
        new SecureRandom().nextBytes(message);
        Signature signing = Signature.getInstance("SHA512withRSA");
        signing.initSign(key);
        signing.update(message);
        byte[] signature = signing.sign();
        Signature checking = Signature.getInstance("SHA512withRSA");
        checking.initVerify(store.getCertificate(alias));
        checking.update(message);
        if (!checking.verify(signature)) throw new IllegalStateException("the certificate does not verify the signature");
        return new Identity(key, store.getCertificateChain(alias));
    }
}
