//! Anaplan: the certificate to register, and the forms of key that Anaplan Connect 1.4 to 4 takes.
//!
//! Its `-pkey` takes `path:passphrase`, split at the last colon; its `-k` opens `KeyStore.getInstance("JKS")` and fetches
//! the key with the keystore's own password. The lines to paste hold a place for the password and never the password.

use super::{AliasRule, File, FileKind, PasswordRule, Paste, Target};
use crate::format::pkcs12::Profile;

/// Everything a tenant's integration admin may be asked for.
pub(super) const ANAPLAN: Target = Target {
    id: "anaplan",
    name: "Anaplan",
    description: "the certificate to register, and key, bundle and keystore for integrations such as Anaplan Connect",
    files: &[
        File {
            name: "public_key.pem",
            description: "the certificate alone, to register in Anaplan under Tenant Administrator, Security, Certificates",
            kind: FileKind::CertificatePem,
        },
        File {
            name: "private_key.pem",
            description: "the private key, locked with the new password, for Anaplan Connect and other clients that take PEM",
            kind: FileKind::EncryptedKeyPem,
        },
        File {
            name: "bundle.p12",
            description: "certificate, chain and private key in one file, for clients that take PKCS#12",
            kind: FileKind::Pkcs12(Profile::Modern2023),
        },
        File {
            name: "my_keystore.jks",
            description: "the Java keystore for Anaplan Connect, Informatica and other Java programs",
            kind: FileKind::Jks,
        },
    ],
    password_rules: &[
        PasswordRule::SixCharacters,
        PasswordRule::Ascii,
        PasswordRule::NoColon,
    ],
    alias_rules: &[
        AliasRule::Sized,
        AliasRule::Printable,
        AliasRule::BasicPlane,
    ],
    paste,
    source: "help.anaplan.com “Procure CA certificates”, support.anaplan.com, anaplaninc/anaplan-java-client 1.4.1 to 4.1",
};

fn paste(alias: &str) -> Vec<Paste> {
    let (batch, shell) = (batch_value(alias), shell_quoted(alias));
    vec![
        Paste {
            title: "Anaplan Connect on Windows, with the keystore (.bat)",
            text: format!(
                "set \"KeyStorePath=my_keystore.jks\"\n\
                 set \"KeyStoreAlias={batch}\"\n\
                 rem Type the new password behind the equals sign; write each percent sign twice.\n\
                 set \"KeyStorePass=\"\n\
                 set Credentials=-k \"%KeyStorePath%\" -ka \"%KeyStoreAlias%\" -kp \"%KeyStorePass%\"\n\
                 call AnaplanClient.bat %Credentials% %Operation%\n"
            ),
        },
        Paste {
            title: "Anaplan Connect on Linux or macOS, with the keystore (.sh)",
            text: format!(
                "KeyStorePath='my_keystore.jks'\n\
                 KeyStoreAlias={shell}\n\
                 # Type the new password between the quotes.\n\
                 KeyStorePass=''\n\
                 ./AnaplanClient.sh -k \"${{KeyStorePath}}\" -ka \"${{KeyStoreAlias}}\" -kp \"${{KeyStorePass}}\" ${{Operation}}\n"
            ),
        },
        Paste {
            title: "Anaplan Connect on Windows, with the PEM files (.bat)",
            text: "set \"CertPath=public_key.pem\"\n\
                   rem Type the new password behind the colon; write each percent sign twice.\n\
                   set \"PrivateKey=private_key.pem:\"\n\
                   set Credentials=-c \"%CertPath%\" -pkey \"%PrivateKey%\"\n\
                   call AnaplanClient.bat %Credentials% %Operation%\n"
                .into(),
        },
        Paste {
            title: "Anaplan Connect on Linux or macOS, with the PEM files (.sh)",
            text: "CertPath='public_key.pem'\n\
                   # Type the new password behind the colon.\n\
                   PrivateKey='private_key.pem:'\n\
                   ./AnaplanClient.sh -c \"${CertPath}\" -pkey \"${PrivateKey}\" ${Operation}\n"
                .into(),
        },
    ]
}

/// A value inside `set "NAME=value"`: a percent sign would start a variable, a double quote would end the value.
fn batch_value(value: &str) -> String {
    value.replace('%', "%%").replace('"', "\"\"")
}

/// A word of a POSIX shell.
fn shell_quoted(value: &str) -> String {
    format!("'{}'", value.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_alias_leaves_its_quotes() {
        let text = paste("it's 100% \"me\"; rm -rf /");
        assert!(
            text[0]
                .text
                .contains("set \"KeyStoreAlias=it's 100%% \"\"me\"\"; rm -rf /\"\n")
        );
        assert!(
            text[1]
                .text
                .contains("KeyStoreAlias='it'\\''s 100% \"me\"; rm -rf /'\n")
        );
    }
}
