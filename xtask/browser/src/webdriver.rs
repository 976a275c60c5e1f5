//! A WebDriver client, as much of one as the page's tests need.
//!
//! Source: W3C WebDriver 2, and chromedriver's own endpoints `goog/cdp/execute` (the DevTools protocol) and `se/log`.
//! The capabilities are those of the project's `webdriver.json`, which the wasm tests read too.
//!
//! Traps: chromedriver's script wrapper is exempt from the page's content security policy, so what a script may do says
//! nothing of what the page may; headless Chromium saves files only after `Browser.setDownloadBehavior`.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use ureq::Agent;

/// How long anything the page owes may take: the slowest is a key derivation on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The member that names an element (WebDriver 2, section 12.2).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A key without a letter of its own (WebDriver 2, section 17.4.2).
#[derive(Clone, Copy, Debug)]
#[repr(u32)]
#[expect(missing_docs, reason = "named as on the key")]
pub enum Key {
    Enter = 0xE007,
    Escape = 0xE00C,
    Shift = 0xE008,
    Space = 0x20,
    Tab = 0xE004,
}

/// One Chromium with a fresh profile, gone with everything it stored when dropped.
pub struct Browser {
    agent: Agent,
    driver: Child,
    folder: PathBuf,
    session: String,
}

impl Browser {
    /// Starts chromedriver (`CHROMEDRIVER`, or the one on the `PATH`) and Chromium, with an empty folder for downloads.
    ///
    /// `webdriver_json` is the file of capabilities, `scratch` an existing folder for the profile and the downloads.
    ///
    /// # Errors
    ///
    /// When the driver or the browser does not start.
    pub fn start(webdriver_json: &Path, scratch: &Path) -> Result<Self> {
        // The driver is told its port, so somebody has to find a free one: the system, just before.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let path = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let folder = scratch.join(format!("chromium-{}", address.port()));
        fs::create_dir_all(folder.join("downloads"))?;
        let driver = Command::new(&path)
            .arg(format!("--port={}", address.port()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", path.display()))?;
        let mut browser = Self {
            agent: Agent::config_builder()
                .http_status_as_error(false)
                .build()
                .into(),
            driver,
            folder,
            session: format!("http://{address}/session"),
        };
        let limit = Instant::now() + PATIENCE;
        while TcpStream::connect(address).is_err() {
            ensure!(
                Instant::now() < limit,
                "chromedriver does not answer at {address}"
            );
            sleep(Duration::from_millis(20));
        }
        let mut capabilities: Value = serde_json::from_slice(&fs::read(webdriver_json)?)?;
        let profile = format!(
            "--user-data-dir={}",
            browser.folder.join("profile").display()
        );
        capabilities["goog:chromeOptions"]["args"]
            .as_array_mut()
            .context("webdriver.json has no goog:chromeOptions.args")?
            .push(profile.into());
        capabilities["goog:loggingPrefs"] = json!({"performance": "ALL", "browser": "ALL"});
        let created = browser.send("", json!({"capabilities": {"alwaysMatch": capabilities}}))?;
        let id = created["sessionId"]
            .as_str()
            .context("chromedriver opened no session")?;
        browser.session = format!("{}/{id}", browser.session);
        browser.cdp(
            "Browser.setDownloadBehavior",
            json!({"behavior": "allow", "downloadPath": browser.downloads(), "eventsEnabled": true}),
        )?;
        Ok(browser)
    }

    /// Where what the page saves arrives.
    pub fn downloads(&self) -> PathBuf {
        self.folder.join("downloads")
    }

    /// Opens an address and waits until it is loaded.
    ///
    /// # Errors
    ///
    /// When it cannot be opened.
    pub fn go(&self, url: &str) -> Result<()> {
        self.send("/url", json!({ "url": url })).map(drop)
    }

    /// Runs the body of a function in the page; a promise is waited for; what it returns comes back as JSON.
    ///
    /// # Errors
    ///
    /// When it throws, with what it threw.
    pub fn run(&self, body: &str, arguments: Value) -> Result<Value> {
        self.send("/execute/sync", json!({"script": body, "args": arguments}))
    }

    /// A command of Chromium's DevTools protocol.
    ///
    /// # Errors
    ///
    /// When Chromium refuses it.
    pub fn cdp(&self, command: &str, parameters: Value) -> Result<Value> {
        self.send(
            "/goog/cdp/execute",
            json!({"cmd": command, "params": parameters}),
        )
    }

    /// What a log (`performance` or `browser`) gained since it was last asked.
    ///
    /// # Errors
    ///
    /// When the driver does not keep it.
    pub fn log(&self, kind: &str) -> Result<Vec<Value>> {
        let entries = self.send("/se/log", json!({ "type": kind }))?;
        Ok(entries.as_array().cloned().unwrap_or_default())
    }

    /// Waits until a script's body returns something that is not `null`, `false`, zero or empty, and gives it.
    ///
    /// # Errors
    ///
    /// When a minute brings none: says what was waited for.
    pub fn wait(&self, what: &str, body: &str, arguments: Value) -> Result<Value> {
        let limit = Instant::now() + PATIENCE;
        loop {
            let value = self.run(body, arguments.clone())?;
            if !matches!(&value, Value::Null | Value::Bool(false))
                && value != json!(0)
                && value != json!("")
            {
                return Ok(value);
            }
            ensure!(
                Instant::now() < limit,
                "waited a minute for {what}; the page says: {}",
                self.text("body")?
            );
            sleep(Duration::from_millis(20));
        }
    }

    /// Waits until an element that fits the selector can be seen.
    ///
    /// # Errors
    ///
    /// When a minute brings none.
    pub fn see(&self, selector: &str) -> Result<()> {
        let script = "return [...document.querySelectorAll(arguments[0])].some((element) => element.checkVisibility())";
        self.wait(selector, script, json!([selector])).map(drop)
    }

    /// The text a person sees in the first element that fits; empty where none does.
    ///
    /// # Errors
    ///
    /// When the browser is gone.
    pub fn text(&self, selector: &str) -> Result<String> {
        let script = "return document.querySelector(arguments[0])?.innerText ?? ''";
        Ok(self
            .run(script, json!([selector]))?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    /// Clicks the first element that fits, as a mouse does, once it can be seen.
    ///
    /// # Errors
    ///
    /// When it cannot be clicked.
    pub fn click(&self, selector: &str) -> Result<()> {
        self.see(selector)?;
        self.send(
            &format!("/element/{}/click", self.element(selector)?),
            json!({}),
        )
        .map(drop)
    }

    /// Replaces what stands in a field.
    ///
    /// # Errors
    ///
    /// When it cannot be typed into.
    pub fn fill(&self, selector: &str, text: &str) -> Result<()> {
        self.see(selector)?;
        let element = self.element(selector)?;
        self.send(&format!("/element/{element}/clear"), json!({}))?;
        self.send(
            &format!("/element/{element}/value"),
            json!({ "text": text }),
        )
        .map(drop)
    }

    /// Chooses files in an `<input type="file">`, seen or not.
    ///
    /// # Errors
    ///
    /// When a file does not exist.
    pub fn choose(&self, selector: &str, files: &[&Path]) -> Result<()> {
        let names: Vec<_> = files
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        let element = self.element(selector)?;
        self.send(
            &format!("/element/{element}/value"),
            json!({"text": names.join("\n")}),
        )
        .map(drop)
    }

    /// Presses keys one after another, all of them together where `chord` says so (modifiers first).
    ///
    /// # Errors
    ///
    /// When the browser is gone.
    pub fn press(&self, keys: &[Key], chord: bool) -> Result<()> {
        let glyph = |key: &Key| {
            char::from_u32(*key as u32)
                .map(String::from)
                .unwrap_or_default()
        };
        let down = |key: &Key| json!({"type": "keyDown", "value": glyph(key)});
        let up = |key: &Key| json!({"type": "keyUp", "value": glyph(key)});
        let actions: Vec<Value> = if chord {
            keys.iter()
                .map(down)
                .chain(keys.iter().rev().map(up))
                .collect()
        } else {
            keys.iter().flat_map(|key| [down(key), up(key)]).collect()
        };
        self.send(
            "/actions",
            json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}),
        )
        .map(drop)
    }

    /// Types letters into whatever has the focus.
    ///
    /// # Errors
    ///
    /// When the browser is gone.
    pub fn type_text(&self, text: &str) -> Result<()> {
        let actions: Vec<Value> = text
            .chars()
            .flat_map(|letter| {
                ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": letter.to_string()}))
            })
            .collect();
        self.send(
            "/actions",
            json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}),
        )
        .map(drop)
    }

    /// Waits until a file has arrived whole in the downloads, and gives its path.
    ///
    /// # Errors
    ///
    /// When a minute does not bring it.
    pub fn downloaded(&self, name: &str) -> Result<PathBuf> {
        // Chromium writes to another name and renames at the end, so a file that is there is whole.
        let path = self.downloads().join(name);
        let limit = Instant::now() + PATIENCE;
        while !path.is_file() {
            ensure!(
                Instant::now() < limit,
                "waited a minute for {name} in the downloads"
            );
            sleep(Duration::from_millis(20));
        }
        Ok(path)
    }

    fn element(&self, selector: &str) -> Result<String> {
        let found = self.send(
            "/element",
            json!({"using": "css selector", "value": selector}),
        )?;
        Ok(found[ELEMENT]
            .as_str()
            .context("no element came back")?
            .to_owned())
    }

    fn send(&self, path: &str, body: Value) -> Result<Value> {
        let mut answer = self
            .agent
            .post(format!("{}{path}", self.session))
            .send_json(&body)?;
        let failed = !answer.status().is_success();
        // Chromium's log of a whole visit, and axe's report, are larger than ureq's ten megabytes.
        let mut answer: Value = answer
            .body_mut()
            .with_config()
            .limit(256 << 20)
            .read_json()?;
        if failed {
            let (error, message) = (&answer["value"]["error"], &answer["value"]["message"]);
            bail!(
                "{path}: {}: {}",
                error.as_str().unwrap_or("?"),
                message.as_str().unwrap_or("?")
            );
        }
        Ok(answer["value"].take())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Chromium first, politely, so that its helper processes go too; whatever fails, the driver goes.
        let _ = self.agent.delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
