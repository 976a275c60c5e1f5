//! The lines to paste, given to what reads them: each server's own check, the shell, openssl.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use keyferry::Converted;
use keyferry::target::{FOLDER, WINDOWS_FOLDER};
use serde_json::{Value, json};

use super::{make, store};
use crate::support::{AT_MILLISECONDS, Folder, converted};

/// Aliases that would end a string, start a command or a variable, or look like an option.
const HOSTILE: [&str; 6] = [
    "it's me",
    "$(touch caught) `touch caught`",
    "\"; touch caught; echo \"",
    "100% %PATH% !x!",
    "-rf & | > < ^ \\",
    "Schlüssel 鍵 🔑",
];

fn written(target: &str, alias: &str) -> (Folder, Converted) {
    let made = make(&store("pkcs12-openssl-default.p12"), target, alias);
    let made = made.unwrap_or_else(|error| panic!("{target}: {error}"));
    let folder = Folder::new();
    for file in &made.files {
        folder.write(&file.name, &file.bytes);
    }
    (folder, made)
}

/// The lines, where a person has put their own folder: the one that they are read in.
fn lines(made: &Converted, title: &str) -> String {
    let snippets = made
        .snippets
        .iter()
        .find(|snippets| snippets.title.contains(title));
    let text = &snippets
        .unwrap_or_else(|| panic!("no lines “{title}”"))
        .text;
    text.replace(FOLDER, "").replace(WINDOWS_FOLDER, "")
}

/// Runs a program in a folder, and gives what it said.
fn run(folder: &Folder, program: &str, arguments: &[&str]) -> String {
    let done = Command::new(program)
        .args(arguments)
        .current_dir(folder.path())
        .env("CATALINA_BASE", folder.path())
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    let said = [done.stdout, done.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(done.status.success(), "{program} {arguments:?}: {said}");
    said
}

#[test]
fn nginx_takes_its_lines() {
    let (folder, made) = written("nginx", "alice");
    let block = lines(&made, "nginx").replace("443", "18443");
    let config = format!(
        "pid nginx.pid;\nerror_log stderr;\nevents {{}}\nhttp {{ access_log off; server {{\n{block}}} }}\n"
    );
    folder.write("nginx.conf", config.as_bytes());
    let place = folder.path().display().to_string();
    let said = run(
        &folder,
        "/usr/sbin/nginx",
        &["-t", "-p", &place, "-c", "nginx.conf"],
    );
    assert!(said.contains("test is successful"), "{said}");
}

#[test]
fn apache_takes_its_lines() {
    let (folder, made) = written("apache", "alice");
    let place = folder.path().display();
    let modules = "/usr/lib/apache2/modules";
    let config = format!(
        "ServerRoot \"{place}\"\nServerName localhost\nListen 18444\nPidFile apache.pid\nErrorLog /dev/stderr\n\
         LoadModule mpm_event_module {modules}/mod_mpm_event.so\nLoadModule socache_shmcb_module {modules}/mod_socache_shmcb.so\n\
         LoadModule ssl_module {modules}/mod_ssl.so\n<VirtualHost *:18444>\n{}</VirtualHost>\n",
        lines(&made, "VirtualHost")
    );
    folder.write("apache.conf", config.as_bytes());
    let config = folder.path().join("apache.conf").display().to_string();
    let said = run(&folder, "/usr/sbin/apache2", &["-t", "-f", &config]);
    assert!(said.contains("Syntax OK"), "{said}");
}

#[test]
fn haproxy_takes_its_line() {
    let (folder, made) = written("haproxy", "alice");
    let config = format!(
        "global\n  maxconn 10\ndefaults\n  mode http\n  timeout client 1s\n  timeout server 1s\n  timeout connect 1s\n\
         frontend tls\n  {}",
        lines(&made, "haproxy").replace(":443", ":18445")
    );
    folder.write("haproxy.cfg", config.as_bytes());
    run(&folder, "/usr/sbin/haproxy", &["-c", "-f", "haproxy.cfg"]);
}

#[test]
fn tomcat_takes_its_connector() {
    for alias in ["alice", "it's <\"me\"> & you"] {
        let (folder, made) = written("tomcat", alias);
        let connector = lines(&made, "Tomcat")
            .replace("port=\"8443\"", "port=\"0\"")
            .replace(
                "Password=\"\"",
                &format!("Password=\"{}\"", super::PASSWORD),
            );
        let config = format!(
            "<Server port=\"-1\"><Service name=\"Catalina\">{connector}<Engine name=\"Catalina\" defaultHost=\"localhost\"/></Service></Server>"
        );
        for sub in ["conf", "logs", "temp"] {
            std::fs::create_dir(folder.path().join(sub)).unwrap();
        }
        folder.write("conf/server.xml", config.as_bytes());
        std::fs::rename(
            folder.path().join("keystore.p12"),
            folder.path().join("conf/keystore.p12"),
        )
        .unwrap();
        let said = run(
            &folder,
            "/usr/share/tomcat10/bin/catalina.sh",
            &["configtest"],
        );
        // It exits with 0 whatever a connector says.
        for trouble in ["SEVERE", "Exception", "WARNING"] {
            assert!(!said.contains(trouble), "{alias}: {said}");
        }
        assert!(said.contains("Initializing ProtocolHandler"), "{said}");
    }
}

#[test]
fn python_takes_its_lines() {
    let (folder, made) = written("python-node-dotnet", "alice");
    let text = lines(&made, "Python");
    folder.write("run.py", format!("{text}print('loaded')\n").as_bytes());
    let command = format!("KEY_PASSWORD='{}' python3 run.py", super::PASSWORD);
    assert_eq!(run(&folder, "sh", &["-c", &command]), "loaded\n");
}

/// Kafka is no package of Debian's: a program reads the lines with Java's own `Properties`, and the stores they name by the
/// calls that Kafka makes.
#[test]
fn java_reads_kafkas_properties() {
    let passwords = [r#"store: #!=\ "it's" 1"#, r#" key\ = a,b;c!"#];
    for (vector, whole, sent) in [
        ("pkcs12-openssl-default.p12", 3, 2),
        ("pkcs12-openssl-p384.p12", 1, 1),
    ] {
        let entries = json!([{ "entry": 0, "alias": "alice" }]);
        let request = json!({ "target": "kafka", "entries": entries, "at": AT_MILLISECONDS });
        let made = converted(&store(vector), request, passwords[0], Some(passwords[1])).unwrap();
        let folder = Folder::new();
        for file in &made.files {
            folder.write(&file.name, &file.bytes);
        }
        // What a person types, as the line above it tells them to.
        let [store_password, key_password] = passwords.map(|password| {
            let doubled = password.replace('\\', r"\\");
            match doubled.starts_with(' ') {
                true => format!(r"\{doubled}"),
                false => doubled,
            }
        });
        let kinds = ["JKS", "PKCS#12", "PEM"];
        for kind in kinds {
            let text = lines(&made, &format!("Kafka properties, {kind}"))
                .replace(
                    "ssl.keystore.password=",
                    &format!("ssl.keystore.password={store_password}"),
                )
                .replace(
                    "ssl.key.password=",
                    &format!("ssl.key.password={key_password}"),
                );
            folder.write(&format!("{kind}.properties"), text.as_bytes());
        }
        let source = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/native/convert/Kafka.java"
        );
        let files = kinds.map(|kind| format!("{kind}.properties"));
        let said = run(&folder, "java", &[source, &files[0], &files[1], &files[2]]);
        // The root goes into a keystore; to a server's PEM it does not belong.
        let holds = |kind, count| {
            format!("{kind}.properties: the key is of the first of {count} certificates")
        };
        let wanted = [("JKS", whole), ("PKCS#12", whole), ("PEM", sent)]
            .map(|(kind, count)| holds(kind, count));
        assert_eq!(said.lines().collect::<Vec<_>>(), wanted);
    }
}

/// The shell lines run against a client that says what it was given.
#[test]
fn the_shell_hands_every_alias_on() {
    for alias in HOSTILE {
        let (folder, made) = written("anaplan-connect-jks", alias);
        let client = folder.path().join("AnaplanClient.sh");
        folder.write("AnaplanClient.sh", b"#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        std::fs::set_permissions(&client, std::fs::Permissions::from_mode(0o755)).unwrap();
        folder.write("run.sh", lines(&made, "(.sh)").as_bytes());
        let said = run(&folder, "sh", &["run.sh"]);
        assert_eq!(
            said.lines().collect::<Vec<_>>(),
            ["-k", "my_keystore.jks", "-ka", alias, "-kp", ""],
            "{alias}"
        );
        assert!(!folder.path().join("caught").exists(), "{alias}");
    }
}

/// What `set "NAME=value"` gives cmd.exe in a batch file: `%%` is a percent sign, and the last quote of the line ends the
/// value, so quotes inside it stand as they are.
#[test]
fn batch_lines_hold_hostile_aliases() {
    for alias in HOSTILE {
        let (_, made) = written("anaplan-connect-jks", alias);
        let text = lines(&made, "(.bat)");
        let line = text
            .lines()
            .find(|line| line.contains("KeyStoreAlias="))
            .unwrap();
        let value = line.strip_prefix("set \"KeyStoreAlias=").unwrap();
        let value = value.strip_suffix('"').unwrap();
        assert_eq!(value.replace("%%", "%").replace("\"\"", "\""), alias);
        assert!(!value.replace("%%", "").contains('%'), "{line}");
        assert_eq!(line.matches('"').count() % 2, 0, "{line}");
    }
}

#[test]
fn openssl_verifies_what_anaplan_is_sent() {
    let (folder, made) = written("anaplan-api", "alice");
    let body = |name: &str| -> Value {
        let file = made.files.iter().find(|file| file.name == name).unwrap();
        serde_json::from_slice(&file.bytes).unwrap()
    };
    std::fs::write(
        folder.path().join("certificate.pem"),
        &make(
            &store("pkcs12-openssl-default.p12"),
            "anaplan-administrator",
            "",
        )
        .unwrap()
        .files[0]
            .bytes[..],
    )
    .unwrap();
    run(
        &folder,
        "sh",
        &[
            "-c",
            "openssl x509 -in certificate.pem -noout -pubkey > public.pem",
        ],
    );
    let titles: Vec<&str> = made
        .snippets
        .iter()
        .map(|snippets| snippets.title)
        .collect();
    let first_v1 = titles.iter().position(|title| title.contains("v1"));
    let last_v2 = titles.iter().rposition(|title| title.contains("v2"));
    assert!(last_v2 < first_v1, "v2 comes first: {titles:?}");
    for (name, size) in [("authenticate-v2.json", 100), ("authenticate-v1.json", 150)] {
        let body = body(name);
        for (field, file) in [("encodedData", "data"), ("encodedSignedData", "signature")] {
            let text = body[field].as_str().unwrap();
            folder.write("base64", text.as_bytes());
            run(
                &folder,
                "openssl",
                &["base64", "-d", "-A", "-in", "base64", "-out", file],
            );
        }
        let said = run(
            &folder,
            "openssl",
            &[
                "dgst",
                "-sha512",
                "-verify",
                "public.pem",
                "-signature",
                "signature",
                "data",
            ],
        );
        assert!(said.contains("Verified OK"), "{said}");
        let data = std::fs::read(folder.path().join("data")).unwrap();
        assert_eq!(data.len(), size);
        if size == 100 {
            assert_eq!(body["encodedDataFormat"], "v2");
            let seconds = i64::from_be_bytes(data[..8].try_into().unwrap());
            assert_eq!(seconds, AT_MILLISECONDS / 1000);
        }
    }
    // The command as the shell would send it, to a curl that says what it was given.
    folder.write("curl", b"#!/bin/sh\nprintf '%s\\n' \"$@\" > sent\n");
    let curl = folder.path().join("curl");
    std::fs::set_permissions(&curl, std::fs::Permissions::from_mode(0o755)).unwrap();
    for snippets in made
        .snippets
        .iter()
        .filter(|snippets| snippets.title.starts_with("curl"))
    {
        folder.write("send.sh", snippets.text.as_bytes());
        run(&folder, "sh", &["-n", "send.sh"]);
        let path = format!("PATH={}:$PATH sh send.sh", folder.path().display());
        run(&folder, "sh", &["-c", &path]);
        let sent = std::fs::read_to_string(folder.path().join("sent")).unwrap();
        let sent: Vec<&str> = sent.lines().collect();
        assert_eq!(
            sent[..3],
            [
                "--request",
                "POST",
                "https://auth.anaplan.com/token/authenticate"
            ]
        );
        assert!(
            sent[4].starts_with("Authorization: CACertificate "),
            "{}",
            sent[4]
        );
        let version = if snippets.title.contains("v2") {
            "v2"
        } else {
            "v1"
        };
        assert_eq!(
            serde_json::from_str::<Value>(sent[8]).unwrap(),
            body(&format!("authenticate-{version}.json"))
        );
        assert_eq!(snippets.stale_at.is_some(), version == "v2");
    }
    assert!(Path::new(&curl).exists());
}
