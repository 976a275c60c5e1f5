// What only BouncyCastle enciphers. Lines on standard input, answers on standard output, all bytes in hexadecimal:
//
//   cipher TRANSFORMATION KEY IV PLAIN     → AlgorithmParameters, encrypted bytes
//   pbe ALGORITHM PASSWORD PLAIN           → AlgorithmParameters, encrypted bytes
//   pkcs12mac DIGEST PASSWORD SALT PLAIN   → HMAC under the key of RFC 7292, B.2, with 2048 iterations
import java.io.*;
import java.security.*;
import java.security.spec.AlgorithmParameterSpec;
import java.util.HexFormat;
import javax.crypto.*;
import javax.crypto.spec.*;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.MD2Digest;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

public class Ciphers {
    static final HexFormat HEX = HexFormat.of();

    public static void main(String[] arguments) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = lines.readLine()) != null;) {
            String[] words = line.split(" ");
            System.out.println(switch (words[0]) {
                case "cipher" -> cipher(words[1], HEX.parseHex(words[2]), HEX.parseHex(words[3]), HEX.parseHex(words[4]));
                case "pbe" -> pbe(words[1], words[2], HEX.parseHex(words[3]));
                default -> mac(words[1], words[2], HEX.parseHex(words[3]), HEX.parseHex(words[4]));
            });
        }
    }

    static String cipher(String transformation, byte[] key, byte[] iv, byte[] plain) throws Exception {
        Cipher cipher = Cipher.getInstance(transformation, "BC");
        AlgorithmParameterSpec vector = transformation.contains("GCM") ? new GCMParameterSpec(128, iv)
            : new IvParameterSpec(iv);
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, transformation.split("/")[0]), vector);
        return answer(cipher, plain);
    }

    static String pbe(String algorithm, String password, byte[] plain) throws Exception {
        SecretKey key = SecretKeyFactory.getInstance(algorithm, "BC")
            .generateSecret(new PBEKeySpec(password.toCharArray()));
        byte[] salt = new byte[8];
        new SecureRandom().nextBytes(salt);
        Cipher cipher = Cipher.getInstance(algorithm, "BC");
        cipher.init(Cipher.ENCRYPT_MODE, key, new PBEParameterSpec(salt, 2048));
        // Not cipher.getParameters(): for AES those are of the cipher and not of the password-based encryption.
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("PKCS12PBE", "BC");
        parameters.init(new PBEParameterSpec(salt, 2048));
        return HEX.formatHex(parameters.getEncoded()) + " " + HEX.formatHex(cipher.doFinal(plain));
    }

    static String answer(Cipher cipher, byte[] plain) throws Exception {
        byte[] encrypted = cipher.doFinal(plain);
        return HEX.formatHex(cipher.getParameters().getEncoded("ASN.1")) + " " + HEX.formatHex(encrypted);
    }

    static String mac(String digest, String password, byte[] salt, byte[] plain) {
        Digest md2 = new MD2Digest();
        if (!md2.getAlgorithmName().equals(digest)) throw new IllegalArgumentException(digest);
        PKCS12ParametersGenerator generator = new PKCS12ParametersGenerator(md2);
        generator.init(PKCS12ParametersGenerator.PKCS12PasswordToBytes(password.toCharArray()), salt, 2048);
        KeyParameter key = (KeyParameter) generator.generateDerivedMacParameters(8 * md2.getDigestSize());
        HMac mac = new HMac(md2);
        mac.init(key);
        mac.update(plain, 0, plain.length);
        byte[] value = new byte[mac.getMacSize()];
        mac.doFinal(value, 0);
        return HEX.formatHex(value);
    }
}
