//! The whole job in the page against the six commands that people type today, turn by turn in one run.
//!
//! The page's time is the worker's and the page's, not the person's: from the password's Enter until the inside is
//! painted, and from the click until every file is verified and can be downloaded.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use anyhow::Result;
use browser::Browser;
use serde_json::json;

use super::{RUNS, chromium, hosted, median, milliseconds};
use crate::command::{command, run};

const OLD: &str = "keyferry";
const NEW: &str = "Ferry-over-2026";

/// Prints a line for each kind of file.
pub fn job(scratch: &Path) -> Result<()> {
    let (openssl, nss) = inputs(scratch)?;
    let browser = chromium(scratch);
    let url = hosted()?;
    println!("\nthe whole job, median of {RUNS}, in ms");
    println!(
        "{:<28}{:>8}{:>8}{:>8}{:>16}",
        "", "inside", "files", "page", "six commands"
    );
    for (name, file) in [
        ("OpenSSL, 2,048 iterations", openssl),
        ("NSS, 600,000 iterations", nss),
    ] {
        let (mut inside, mut files, mut page, mut commands) = (vec![], vec![], vec![], vec![]);
        for _ in 0..RUNS {
            let (opened, made) = in_the_page(&browser, &url, &file);
            inside.push(opened);
            files.push(made);
            page.push(opened + made);
            commands.push(six_commands(&file, scratch)?);
        }
        let [inside, files, page, commands] = [inside, files, page, commands].map(median);
        println!("{name:<28}{inside:>8.0}{files:>8.0}{page:>8.0}{commands:>16.0}");
    }
    Ok(())
}

/// Milliseconds until the inside is shown, and until the files are ready.
fn in_the_page(browser: &Browser, url: &str, file: &Path) -> (f64, f64) {
    browser.go(url);
    browser.see("html[data-ready]");
    browser.choose("#file-input", &[file]);
    browser.see("#files [data-role=password]");
    // Acts, then waits until the selector's element is painted; WebDriver's own looking would be slower than the work.
    let timed = |act: &str, selector: &str| {
        let script = format!(
            "const start = performance.now();
             {act}
             return new Promise((done) => {{
               const look = () => {{
                 if (!document.querySelector('{selector}')?.checkVisibility()) return;
                 observer.disconnect();
                 requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
               }};
               const observer = new MutationObserver(look);
               observer.observe(document, {{ subtree: true, childList: true, attributes: true }});
               look();
             }})"
        );
        milliseconds(&browser.run(&script, json!([])))
    };
    browser.fill("#files [data-role=password]", OLD);
    let inside = timed(
        "document.querySelector('form[data-role=unlock]').requestSubmit();",
        "#entries > li",
    );
    browser.fill("#alias", "scott");
    browser.fill("#new-password", NEW);
    let files = timed("document.querySelector('#make').click();", "#download-all");
    (inside, files)
}

/// Milliseconds that the commands of Anaplan's article take one after another.
fn six_commands(file: &Path, scratch: &Path) -> Result<f64> {
    let folder = scratch.join("commands");
    fs::create_dir_all(&folder)?;
    let file = file.display();
    let lines = [
        format!(
            "openssl pkcs12 -clcerts -nokeys -in {file} -out public_key.pem -passin pass:{OLD}"
        ),
        format!(
            "openssl pkcs12 -nocerts -nodes -in {file} -out private_plain.pem -passin pass:{OLD}"
        ),
        format!(
            "openssl pkcs12 -nocerts -in {file} -out private_key.pem -passin pass:{OLD} -passout pass:{NEW}"
        ),
        format!(
            "openssl pkcs8 -topk8 -in private_key.pem -passin pass:{NEW} -out pkcs8.pem -passout pass:{NEW}"
        ),
        format!(
            "openssl pkcs12 -export -in public_key.pem -inkey private_key.pem -passin pass:{NEW} -out bundle.p12 \
             -name scott -passout pass:{NEW}"
        ),
        format!(
            "keytool -importkeystore -srckeystore bundle.p12 -srcstoretype PKCS12 -srcstorepass {NEW} \
             -destkeystore my_keystore.jks -deststoretype JKS -deststorepass {NEW}"
        ),
    ];
    let start = Instant::now();
    for line in lines {
        quiet(&line, &folder)?;
    }
    let time = start.elapsed().as_secs_f64() * 1000.0;
    // keytool would ask whether to overwrite.
    fs::remove_dir_all(&folder)?;
    Ok(time)
}

/// One identity with its issuer, as OpenSSL writes it by default and as Firefox does.
fn inputs(scratch: &Path) -> Result<(PathBuf, PathBuf)> {
    let lines = [
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=Bench-Root -days 30".to_owned(),
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -subj /CN=Bench -days 30 -CA ca.pem \
         -CAkey ca.key -addext subjectAltName=email:bench@example.com -addext extendedKeyUsage=emailProtection -addext keyUsage=digitalSignature"
            .to_owned(),
        format!("openssl pkcs12 -export -inkey key.pem -in cert.pem -certfile ca.pem -name bench -out openssl.p12 -passout pass:{OLD}"),
        "certutil -N -d sql:nss --empty-password".to_owned(),
        format!("pk12util -i openssl.p12 -d sql:nss -W {OLD}"),
        format!("pk12util -o nss.p12 -n bench -d sql:nss -W {OLD}"),
    ];
    fs::create_dir_all(scratch.join("nss"))?;
    for line in &lines {
        quiet(line, scratch)?;
    }
    Ok((scratch.join("openssl.p12"), scratch.join("nss.p12")))
}

fn quiet(line: &str, folder: &Path) -> Result<()> {
    run(command(line)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null()))
}
