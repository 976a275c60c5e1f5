//! What the tests need beside Rust and Node: installed by apt on Debian and Ubuntu, named precisely elsewhere.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::command::{command, find, run};

/// Something the tests call: its Debian package, what else may stand in for it, and how to tell that it is there.
struct Tool {
    package: &'static str,
    what: &'static str,
    there: fn() -> bool,
}

const TOOLS: [Tool; 14] = [
    Tool {
        package: "openssl",
        what: "openssl 3",
        there: || find("openssl").is_some(),
    },
    Tool {
        package: "default-jdk-headless",
        what: "keytool, javac and java of a JDK 17 or later",
        there: || find("keytool").is_some() && find("javac").is_some() && find("java").is_some(),
    },
    Tool {
        package: "libnss3-tools",
        what: "pk12util and certutil of NSS",
        there: || find("pk12util").is_some(),
    },
    Tool {
        package: "gnutls-bin",
        what: "certtool of GnuTLS",
        there: || find("certtool").is_some(),
    },
    Tool {
        package: "libbcprov-java",
        what: "BouncyCastle as /usr/share/java/bcprov.jar",
        there: || Path::new("/usr/share/java/bcprov.jar").is_file(),
    },
    Tool {
        package: "python3-cryptography",
        what: "cryptography for /usr/bin/python3",
        there: || {
            command("/usr/bin/python3")
                .args(["-c", "import cryptography"])
                .output()
                .is_ok_and(|done| done.status.success())
        },
    },
    Tool {
        package: "openssh-client",
        what: "ssh-keygen",
        there: || find("ssh-keygen").is_some(),
    },
    Tool {
        package: "nginx",
        what: "/usr/sbin/nginx",
        there: || Path::new("/usr/sbin/nginx").is_file(),
    },
    Tool {
        package: "apache2-bin",
        what: "/usr/sbin/apache2",
        there: || Path::new("/usr/sbin/apache2").is_file(),
    },
    Tool {
        package: "haproxy",
        what: "/usr/sbin/haproxy",
        there: || Path::new("/usr/sbin/haproxy").is_file(),
    },
    Tool {
        package: "tomcat10-common",
        what: "Tomcat 10 in /usr/share/tomcat10",
        there: || Path::new("/usr/share/tomcat10/bin/catalina.sh").is_file(),
    },
    Tool {
        package: "unzip",
        what: "unzip",
        there: || find("unzip").is_some(),
    },
    Tool {
        package: "chromium",
        what: "Chromium or Chrome",
        there: || {
            ["chromium", "chromium-browser", "google-chrome"]
                .iter()
                .any(|name| find(name).is_some())
        },
    },
    Tool {
        package: "chromium-driver",
        what: "chromedriver of the same version as the browser",
        there: || find("chromedriver").is_some(),
    },
];

/// Adds the wasm target to the toolchain where rustup did not do so by itself.
///
/// # Errors
///
/// When rustup cannot be had or cannot fetch it.
pub fn wasm_target() -> Result<()> {
    let libraries = command("rustc --print target-libdir --target wasm32-unknown-unknown")
        .output()
        .context("cannot start rustc")?;
    let folder = String::from_utf8_lossy(&libraries.stdout);
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    run(&mut command("rustup target add wasm32-unknown-unknown"))
        .context("the page needs Rust's target wasm32-unknown-unknown: add it with rustup")
}

/// Installs what is missing.
///
/// # Errors
///
/// When something is still missing, naming it all.
pub fn setup() -> Result<()> {
    wasm_target()?;
    let missing: Vec<&Tool> = TOOLS.iter().filter(|tool| !(tool.there)()).collect();
    if !missing.is_empty() && find("apt-get").is_some() {
        install(&missing);
    }
    let missing: Vec<String> = missing
        .iter()
        .filter(|tool| !(tool.there)())
        .map(|tool| format!("  {} (on Debian the package {})", tool.what, tool.package))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let snap = "on Ubuntu Chromium is a snap, which cannot be driven here: install Google Chrome and its chromedriver";
    let hint = if missing.iter().any(|line| line.contains("chrom")) {
        snap
    } else {
        "install it, then try again"
    };
    bail!(
        "the tests need, and this machine lacks:\n{}\n{hint}",
        missing.join("\n")
    )
}

/// All in one call; where that fails, one after another: a package the distribution lacks must not keep the others out.
fn install(missing: &[&Tool]) {
    apt("update --quiet");
    let packages: Vec<&str> = missing.iter().map(|tool| tool.package).collect();
    println!("installing {}", packages.join(", "));
    let install = "install --yes --quiet --no-install-recommends";
    if apt(&format!("{install} {}", packages.join(" "))) {
        return;
    }
    for package in packages {
        apt(&format!("{install} {package}"));
    }
}

/// Whether apt-get did it. What it could not do, the second look in [`setup`] reports; here it only speaks.
fn apt(arguments: &str) -> bool {
    let sudo = if is_root() {
        ""
    } else {
        "sudo --non-interactive "
    };
    // env, because sudo keeps nothing of our environment; at run level 1 no package starts the server that it brings.
    let line = format!("{sudo}env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get {arguments}");
    let done = run(&mut command(&line));
    if let Err(error) = &done {
        eprintln!("{error:#}");
    }
    done.is_ok()
}

fn is_root() -> bool {
    command("id -u")
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
