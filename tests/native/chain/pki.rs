//! The certificates that chains are built of, made by openssl.
//!
//! ```text
//! id | subject | issuer's id, "self" for its own | days | extensions, with ; between | what else: key=KIND key-of=ID
//!                                                                                      signed-by=ID digest=NAME pss v1 broken
//! ```
//!
//! `signed-by` signs with another key than the issuer's, `key-of` gives the key of another certificate, `broken` changes a bit
//! of the signature.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub const CERTIFICATES: &str = r"
root           | /O=Test/CN=Root            | self  | 900 | CA |
int            | /O=Test/CN=Int             | root  | 800 | CA; AKI |
int2           | /O=Test/CN=Int 2           | int   | 700 | CA; AKI |
leaf           | /CN=leaf                   | int   | 600 | AKI |
deep           | /CN=deep                   | int2  | 600 | AKI |
direct         | /CN=direct                 | root  | 600 | |
own            | /CN=own                    | self  | 600 | |
stranger       | /O=Other/CN=Root           | self  | 900 | CA |
namesake       | /O=Test/CN=Int             | root  | 800 | CA; AKI |
plain-leaf     | /CN=plain                  | int   | 600 | | no-aki
broken-leaf    | /CN=broken                 | int   | 600 | AKI | broken
broken-int     | /O=Test/CN=Broken Int      | root  | 800 | CA | broken
below-broken   | /CN=below                  | broken-int | 600 | |
short-int      | /O=Test/CN=Short           | root  | 10  | CA |
below-short    | /CN=below                  | short-int | 600 | |
short-leaf     | /CN=short                  | int   | 10  | AKI |
short-root     | /O=Test/CN=Short Root      | self  | 10  | CA |
below-sroot    | /CN=below                  | short-root | 600 | |
root-b         | /O=Test/CN=Root B          | self  | 900 | CA |
cross-a        | /O=Test/CN=Cross           | root  | 800 | CA |
cross-b        | /O=Test/CN=Cross           | root-b | 800 | CA | key-of=cross-a
cross-c        | /O=Test/CN=Cross           | root  | 10  | CA | key-of=cross-a
below-cross    | /CN=below                  | cross-a | 600 | |
root-by-b      | /O=Test/CN=Root            | root-b | 800 | CA | key-of=root
not-ca         | /O=Test/CN=Not a CA        | root  | 800 | basicConstraints=critical,CA:FALSE |
below-not-ca   | /CN=below                  | not-ca | 600 | |
no-bc          | /O=Test/CN=No constraints  | root  | 800 | keyUsage=digitalSignature |
below-no-bc    | /CN=below                  | no-bc | 600 | |
no-sign        | /O=Test/CN=No signing      | root  | 800 | basicConstraints=critical,CA:TRUE; keyUsage=critical,cRLSign |
below-no-sign  | /CN=below                  | no-sign | 600 | |
path0          | /O=Test/CN=Path 0          | root  | 800 | CA:0 |
below-path0    | /CN=below                  | path0 | 600 | |
ca-below-path0 | /O=Test/CN=Under 0         | path0 | 700 | CA |
deep-path0     | /CN=deep                   | ca-below-path0 | 600 | |
path0-again    | /O=Test/CN=Path 0          | path0 | 700 | CA |
below-again    | /CN=below                  | path0-again | 600 | |
path1          | /O=Test/CN=Path 1          | root  | 800 | CA:1 |
ca-below-path1 | /O=Test/CN=Under 1         | path1 | 700 | CA |
deep-path1     | /CN=deep                   | ca-below-path1 | 600 | |
root-path0     | /O=Test/CN=Root 0          | self  | 900 | CA:0 |
ca-rpath0      | /O=Test/CN=Under root 0    | root-path0 | 800 | CA |
below-rpath0   | /CN=below                  | ca-rpath0 | 600 | |
nc-dns         | /O=Test/CN=NC dns          | root  | 800 | CA; nameConstraints=critical,permitted;DNS:example.com,excluded;DNS:bad.example.com |
dns-in         | /O=Test                    | nc-dns | 600 | subjectAltName=DNS:www.example.com |
dns-exact      | /O=Test                    | nc-dns | 600 | subjectAltName=DNS:EXAMPLE.com |
dns-out        | /O=Test                    | nc-dns | 600 | subjectAltName=DNS:www.example.org |
dns-suffix     | /O=Test                    | nc-dns | 600 | subjectAltName=DNS:badexample.com |
dns-excluded   | /O=Test                    | nc-dns | 600 | subjectAltName=DNS:a.bad.example.com |
dns-one-out    | /O=Test                    | nc-dns | 600 | subjectAltName=DNS:www.example.com,DNS:example.org |
dns-email      | /O=Test                    | nc-dns | 600 | subjectAltName=email:a@example.org |
nc-email       | /O=Test/CN=NC email        | root  | 800 | CA; nameConstraints=critical,permitted;email:example.com,permitted;email:.example.net |
email-in       | /O=Test                    | nc-email | 600 | subjectAltName=email:a@example.com |
email-sub      | /O=Test                    | nc-email | 600 | subjectAltName=email:a@x.example.net |
email-out      | /O=Test                    | nc-email | 600 | subjectAltName=email:a@x.example.com |
email-subject  | /O=Test/emailAddress=a@example.org | nc-email | 600 | |
nc-ip          | /O=Test/CN=NC ip           | root  | 800 | CA; nameConstraints=critical,permitted;IP:192.0.2.0/255.255.255.0,excluded;IP:192.0.2.128/255.255.255.128 |
ip-in          | /O=Test                    | nc-ip | 600 | subjectAltName=IP:192.0.2.7 |
ip-out         | /O=Test                    | nc-ip | 600 | subjectAltName=IP:198.51.100.7 |
ip-excluded    | /O=Test                    | nc-ip | 600 | subjectAltName=IP:192.0.2.200 |
nc-uri         | /O=Test/CN=NC uri          | root  | 800 | CA; nameConstraints=critical,permitted;URI:.example.com |
uri-in         | /O=Test                    | nc-uri | 600 | subjectAltName=URI:https://a.example.com/x |
uri-out        | /O=Test                    | nc-uri | 600 | subjectAltName=URI:https://a.example.org/x |
nc-dir         | /O=Test/CN=NC dir          | root  | 800 | CA; nameConstraints=critical,permitted;dirName:dir |
dir-in         | /C=DE/O=Test/CN=in         | nc-dir | 600 | |
dir-out        | /C=FR/O=Test/CN=out        | nc-dir | 600 | |
nc-inner       | /O=Test/CN=NC inner        | nc-dns | 700 | CA |
nc-inner-out   | /O=Test                    | nc-inner | 600 | subjectAltName=DNS:www.example.org |
nc-inner-in    | /O=Test                    | nc-inner | 600 | subjectAltName=DNS:www.example.com |
critical-leaf  | /CN=critical               | int   | 600 | 1.3.6.1.4.1.99999.1=critical,ASN1:UTF8:x |
critical-int   | /O=Test/CN=Critical        | root  | 800 | CA; 1.3.6.1.4.1.99999.1=critical,ASN1:UTF8:x |
below-critical | /CN=below                  | critical-int | 600 | |
sha1           | /CN=sha1                   | int   | 600 | | digest=sha1
sha512         | /CN=sha512                 | int   | 600 | | digest=sha512
rsa-root       | /O=Test/CN=RSA Root        | self  | 900 | CA | key=rsa2048
md5            | /CN=md5                    | rsa-root | 600 | | digest=md5
rsa-leaf       | /CN=rsa                    | rsa-root | 600 | | key=rsa1024
pss-leaf       | /CN=pss                    | rsa-root | 600 | | pss
pss-sha512     | /CN=pss                    | rsa-root | 600 | | pss digest=sha512
p384-root      | /O=Test/CN=P-384           | self  | 900 | CA | key=p384 digest=sha384
p384-leaf      | /CN=p384                   | p384-root | 600 | | digest=sha384
p521-root      | /O=Test/CN=P-521           | self  | 900 | CA | key=p521 digest=sha256
p521-leaf      | /CN=p521                   | p521-root | 600 | | digest=sha512
ed-root        | /O=Test/CN=Ed25519         | self  | 900 | CA | key=ed25519
ed-leaf        | /CN=ed                     | ed-root | 600 | |
tls-int        | /O=Test/CN=TLS Int         | root  | 800 | CA; extendedKeyUsage=serverAuth |
tls-client     | /CN=client                 | tls-int | 600 | extendedKeyUsage=clientAuth |
both-int       | /O=Test/CN=Both Int        | root  | 800 | CA; extendedKeyUsage=serverAuth,clientAuth |
both-client    | /CN=client                 | both-int | 600 | extendedKeyUsage=clientAuth |
v1-leaf        | /CN=v1                     | int   | 600 | | v1
v1-root        | /O=Test/CN=V1 Root         | self  | 900 | | v1
below-v1-root  | /CN=below                  | v1-root | 600 | |
v1-int         | /O=Test/CN=V1 Int          | root  | 800 | | v1
below-v1-int   | /CN=below                  | v1-int | 600 | |
loop-a         | /O=Test/CN=Loop A          | self  | 900 | CA |
loop-b         | /O=Test/CN=Loop B          | loop-a | 800 | CA |
loop-a-by-b    | /O=Test/CN=Loop A          | loop-b | 800 | CA | key-of=loop-a
below-loop     | /CN=below                  | loop-b | 600 | |
public-name    | /C=US/O=Internet Security Research Group/CN=ISRG Root X1 | self | 900 | CA |
below-public   | /CN=below                  | public-name | 600 | |
";

/// A folder of certificates and their keys.
pub struct Pki<'f> {
    folder: &'f Path,
}

impl<'f> Pki<'f> {
    /// Makes all of them.
    pub fn make(folder: &'f Path) -> Self {
        let pki = Self { folder };
        for line in CERTIFICATES.lines().filter(|line| !line.is_empty()) {
            let columns: Vec<&str> = line.splitn(6, '|').map(str::trim).collect();
            let [id, subject, issuer, days, extensions, rest] = columns[..] else {
                panic!("six columns in {line}");
            };
            pki.issue(id, subject, issuer, days, extensions, rest);
        }
        pki
    }

    pub fn pem(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.pem"))
    }

    fn key(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.key"))
    }

    fn issue(
        &self,
        id: &str,
        subject: &str,
        issuer: &str,
        days: &str,
        extensions: &str,
        rest: &str,
    ) {
        let option = |name: &str| {
            rest.split(' ')
                .find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
        };
        let has = |name: &str| rest.split(' ').any(|word| word == name);
        match option("key-of") {
            Some(other) => {
                fs::copy(self.key(other), self.key(id)).expect("the other key is there");
            }
            None => self.make_key(id, option("key").unwrap_or("p256")),
        }
        let path = |path: PathBuf| path.display().to_string();
        let csr = path(self.folder.join("request.csr"));
        openssl(&[
            "req",
            "-new",
            "-utf8",
            "-key",
            &path(self.key(id)),
            "-subj",
            subject,
            "-out",
            &csr,
        ]);
        let pem = path(self.pem(id));
        let mut arguments: Vec<String> = ["x509", "-req", "-in", &csr, "-days", days, "-out", &pem]
            .map(str::to_owned)
            .to_vec();
        arguments.push(format!("-{}", option("digest").unwrap_or("sha256")));
        let (ca, signer) = if issuer == "self" {
            (id, id)
        } else {
            (issuer, issuer)
        };
        match issuer {
            "self" => arguments.extend(["-signkey".into(), path(self.key(id))]),
            _ => arguments.extend([
                "-CA".into(),
                path(self.pem(ca)),
                "-CAkey".into(),
                path(self.key(signer)),
                "-CAcreateserial".into(),
            ]),
        }
        if has("pss") {
            arguments.extend(
                [
                    "-sigopt",
                    "rsa_padding_mode:pss",
                    "-sigopt",
                    "rsa_pss_saltlen:digest",
                ]
                .map(str::to_owned),
            );
        }
        if !has("v1") {
            let file = self.folder.join("extensions");
            fs::write(&file, extension_file(extensions, issuer)).expect("it can be written");
            arguments.extend(["-extfile".into(), path(file)]);
        }
        openssl(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        if has("broken") {
            self.spoil(id);
        }
    }

    fn make_key(&self, id: &str, kind: &str) {
        let options: &[&str] = match kind {
            "rsa1024" => &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"],
            "rsa2048" => &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
            "p256" => &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
            "p384" => &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
            "p521" => &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"],
            _ => &["-algorithm", "ED25519"],
        };
        let out = self.key(id).display().to_string();
        openssl(&[&["genpkey", "-out", &out], options].concat());
    }

    /// Changes the last bit of the signature.
    fn spoil(&self, id: &str) {
        let pem = self.pem(id).display().to_string();
        let der = self.folder.join("spoilt.der");
        let out = der.display().to_string();
        openssl(&["x509", "-in", &pem, "-outform", "DER", "-out", &out]);
        let mut bytes = fs::read(&der).expect("it was just written");
        *bytes.last_mut().expect("it is not empty") ^= 1;
        fs::write(&der, bytes).expect("it can be written");
        openssl(&["x509", "-inform", "DER", "-in", &out, "-out", &pem]);
    }
}

fn extension_file(extensions: &str, issuer: &str) -> String {
    let mut text = String::from("subjectKeyIdentifier=hash\n");
    // A semicolon also stands inside nameConstraints: only one with a blank after it ends an extension.
    for extension in extensions
        .split("; ")
        .filter(|extension| !extension.is_empty())
    {
        match extension {
            "CA" => text.push_str(
                "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n",
            ),
            "CA:0" | "CA:1" => text.push_str(&format!(
                "basicConstraints=critical,CA:TRUE,pathlen:{}\n",
                &extension[3..]
            )),
            "AKI" if issuer == "self" => {}
            "AKI" => text.push_str("authorityKeyIdentifier=keyid\n"),
            other => text.push_str(&format!("{other}\n")),
        }
    }
    text + "[dir]\nC=DE\nO=Test\n"
}

/// What openssl says; it must end well.
pub fn openssl(arguments: &[&str]) -> String {
    let output = Command::new("openssl")
        .args(arguments)
        .output()
        .expect("openssl starts");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "openssl {arguments:?}: {said}");
    said
}
