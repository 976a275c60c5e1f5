use super::*;
use crate::base::secret::Password;
use crate::crypto::cipher::Cipher;
use crate::crypto::digest::hex;

fn derive(kdf: Kdf, password: &[u8], length: usize) -> String {
    let mut told = 0;
    let job = KdfJob {
        kdf,
        password: SecretDer::new(password.to_vec()),
        length,
    };
    let key = job.derive(&mut |steps| told += steps).unwrap();
    assert_eq!(told, job.cost());
    hex(key.expose())
}

/// RFC 6070 and RFC 7914, section 11.
#[test]
fn pbkdf2_as_the_rfcs_print_it() {
    let sha1 = Kdf::Pbkdf2 {
        digest: Digest::Sha1,
        salt: b"saltSALTsaltSALTsaltSALTsaltSALTsalt".into(),
        iterations: 4096,
    };
    let expected = "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038";
    assert_eq!(derive(sha1, b"passwordPASSWORDpassword", 25), expected);
    let sha256 = Kdf::Pbkdf2 {
        digest: Digest::Sha256,
        salt: b"NaCl".into(),
        iterations: 80_000,
    };
    let expected = "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56\
                    a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d";
    assert_eq!(derive(sha256, b"Password", 64), expected);
}

/// Keys that open what OpenJDK 17's PBEWithMD5AndTripleDES encrypted; `derive` holds the cost against what was told.
#[test]
fn sun_jce_as_java_derives_it() {
    for (salt, cipher_text) in [
        ([1, 2, 3, 4, 5, 6, 7, 8], "dc821803e35ecd0860dfe93157cda538"),
        ([1, 2, 3, 4, 1, 2, 3, 4], "924cead52c5b95237f44bc080253d351"),
    ] {
        let kdf = Kdf::SunJce {
            salt,
            iterations: 1000,
        };
        let key = unhex(&derive(kdf, b"keyferry", 32));
        let (key, iv) = key.split_at(24);
        let plain = Cipher::TripleDes3Cbc.decrypt(key, iv, &unhex(cipher_text));
        assert_eq!(plain.unwrap().unwrap().expose(), b"attack at dawn");
    }
}

fn unhex(hex: &str) -> Vec<u8> {
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
        .collect()
}

/// RFC 7914, section 12.
#[test]
fn scrypt_as_the_rfc_prints_it() {
    let kdf = Kdf::scrypt(b"NaCl".into(), 1024, 8, 16).unwrap();
    let expected = "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162\
                    2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640";
    assert_eq!(derive(kdf, b"password", 64), expected);
}

/// The values of OpenSSL's and BouncyCastle's own tests of this function.
#[test]
fn pkcs12_as_others_have_it() {
    let kdf = |purpose, salt: [u8; 8], iterations| Kdf::Pkcs12 {
        digest: Digest::Sha1,
        purpose,
        salt: salt.to_vec(),
        iterations,
    };
    let smeg = Password::new("smeg".into()).bmp();
    let salt = [0x0a, 0x58, 0xcf, 0x64, 0x53, 0x0d, 0x82, 0x3f];
    let expected = "8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3";
    assert_eq!(
        derive(kdf(Purpose::Key, salt, 1), smeg.expose(), 24),
        expected
    );
    let salt = [0x64, 0x2b, 0x99, 0xab, 0x44, 0xfb, 0x4b, 0x1f];
    let expected = "f3a95fec48d7711e985cfe67908c5ab79fa3d7c5caa5d966";
    assert_eq!(
        derive(kdf(Purpose::Key, salt, 1), smeg.expose(), 24),
        expected
    );
}

/// Each of these gave a key of zeros, or a part of one, when failures were passed over.
#[test]
fn what_a_function_refuses_gives_no_key() {
    let salt = vec![1; 16];
    let bcrypt = |salt: &[u8], rounds| Kdf::BcryptPbkdf {
        salt: salt.to_vec(),
        rounds,
    };
    let scrypt = |log_n, r, p| Kdf::Scrypt {
        salt: salt.clone(),
        log_n,
        r,
        p,
    };
    let (digest, iterations) = (Digest::Sha256, 0);
    let pbkdf2 = Kdf::Pbkdf2 {
        digest,
        salt: salt.clone(),
        iterations,
    };
    let sun_jce = Kdf::SunJce {
        salt: [1; 8],
        iterations: 1,
    };
    let password = b"keyferry".as_slice();
    for (kdf, password, length) in [
        (bcrypt(&salt, 1), b"".as_slice(), 48),
        (bcrypt(&[], 1), password, 48),
        (bcrypt(&salt, 0), password, 48),
        (bcrypt(&salt, 1), password, 1_025),
        (scrypt(14, 0, 1), password, 32),
        (scrypt(14, 8, 0), password, 32),
        (scrypt(64, 8, 1), password, 32),
        (scrypt(1, 8, 1), password, 0),
        (pbkdf2, password, 32),
        (sun_jce, password, 33),
    ] {
        let password = SecretDer::new(password.to_vec());
        let job = KdfJob {
            kdf,
            password,
            length,
        };
        let refused = job.derive(&mut |_| ()).unwrap_err();
        assert_eq!(refused.code(), "internal", "{job:?}");
    }
}

#[test]
fn a_key_that_could_not_be_derived_fails_its_caller() {
    let job = || KdfJob {
        kdf: Kdf::SunJce {
            salt: [1; 8],
            iterations: 1,
        },
        password: SecretDer::new(b"keyferry".to_vec()),
        length: 32,
    };
    let failed = |keys: &mut Keys| match keys.of(job()) {
        Err(Stop::Failed(error)) => error.code(),
        Err(Stop::Derive) => "wanted",
        Ok(_) => "there",
    };
    let mut keys = Keys::default();
    assert_eq!(failed(&mut keys), "wanted");
    keys.supply(job(), Err(underivable("bcrypt-refused")));
    assert_eq!(failed(&mut keys), "internal");
    let mut keys = Keys::default();
    keys.supply(job(), Ok(SecretDer::new(vec![0; 31])));
    assert_eq!(failed(&mut keys), "internal");
}

#[test]
fn scrypt_memory_is_refused_with_its_figure() {
    let error = Kdf::scrypt(Vec::new(), 1 << 30, 8, 1).unwrap_err();
    assert!(error.to_string().contains("1,048,576 MiB"), "{error}");
    assert!(Kdf::scrypt(Vec::new(), u64::MAX, 8, 1).is_err());
    assert!(Kdf::scrypt(Vec::new(), 1 << 63, 1 << 62, 1).is_err());
}
