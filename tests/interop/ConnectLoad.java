// Opens a keystore as Anaplan Connect does, and makes the signature that Anaplan checks.
//
//   java ConnectLoad.java KEYSTORE ALIAS PASSWORD-FILE
//
// KeyStore.getInstance("JKS"), the key fetched by its alias with the store's password, SHA512withRSA over 150 random
// bytes, verified with the certificate under the same alias. Prints the chain's subjects, one on a line.
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;

public class ConnectLoad {
    public static void main(String[] arguments) throws Exception {
        char[] password = Files.readString(Path.of(arguments[2])).toCharArray();
        String alias = arguments[1];
        KeyStore store = KeyStore.getInstance("JKS");
        try (InputStream in = new FileInputStream(arguments[0])) {
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
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (Certificate one : store.getCertificateChain(alias)) {
            out.println(((X509Certificate) one).getSubjectX500Principal().getName());
        }
    }
}
