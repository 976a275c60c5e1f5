//! A WebDriver client, as much of one as the page's tests and its bench need.
//!
//! Source: W3C WebDriver 2, and chromedriver's own endpoint `goog/cdp/execute` (the DevTools protocol). The capabilities
//! are those of the project's `webdriver.json`, which the wasm tests read too.
//!
//! It blocks, so that a test reads from top to bottom; and it panics where a browser does not do what it is told, so
//! that a test fails at the line that told it.
//!
//! Traps: chromedriver's scripts are exempt from the page's content security policy, though not from Trusted Types;
//! headless Chromium saves files only after `Browser.setDownloadBehavior`.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use ureq::Agent;

/// How long anything may take: the slowest is a costly key derivation on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// The member that names an element (WebDriver 2, section 12.2).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A key that types no letter (WebDriver 2, section 17.4.2).
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "named as on the key")]
pub enum Key {
    Down = 0xE015,
    Enter = 0xE007,
    Escape = 0xE00C,
    Space = 0x20,
    Tab = 0xE004,
    Up = 0xE013,
}

/// Starts chromedriver, and ends it and every Chromium of its own when its standard input ends: when it is told so, or when
/// the process that started it is gone, however that went. Then it removes the folder.
const DRIVER: &str = r#"
"$1" --port="$2" > /dev/null 2>&1 &
trap '' TERM
read -r _
kill -TERM 0
for second in 1 2 3 4 5; do rm -rf "$3" 2> /dev/null && exit; sleep 1; done
"#;

/// One Chromium with a fresh profile; gone, with all that it stored, when dropped or when the process ends.
pub struct Browser {
    agent: Agent,
    driver: Child,
    folder: PathBuf,
    session: String,
}

impl Browser {
    /// Starts chromedriver (`CHROMEDRIVER`, or the one on the `PATH`) and Chromium.
    ///
    /// `scratch` is an existing folder, for the profile and what is downloaded; `switches` are more of Chromium's own.
    #[track_caller]
    pub fn start(webdriver_json: &Path, scratch: &Path, switches: &[String]) -> Self {
        // The driver is told its port, so somebody has to find a free one just before.
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound port has an address");
        drop(listener);
        let folder = scratch.join(format!("chromium-{}", address.port()));
        let driver = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let mut shell = Command::new("sh");
        shell.args(["-c", DRIVER, "sh"]).arg(driver);
        shell.arg(address.port().to_string()).arg(&folder);
        // A group of its own, which Chromium stays in: so the shell ends all of it and nothing else.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut shell, 0);
        let driver = shell.stdin(Stdio::piped()).spawn();
        let driver = driver.expect("a shell starts");
        let agent = Agent::config_builder().http_status_as_error(false).build();
        let mut browser = Self {
            agent: agent.into(),
            driver,
            folder,
            session: format!("http://{address}/session"),
        };
        fs::create_dir_all(browser.downloads()).expect("a folder for downloads");
        poll("chromedriver to answer", || {
            TcpStream::connect(address).ok()
        });

        let capabilities = fs::read(webdriver_json).expect("webdriver.json is there");
        let mut capabilities: Value =
            serde_json::from_slice(&capabilities).expect("webdriver.json is JSON");
        let profile = format!(
            "--user-data-dir={}",
            browser.folder.join("profile").display()
        );
        let own = capabilities["goog:chromeOptions"]["args"]
            .as_array_mut()
            .expect("webdriver.json has args");
        own.extend(
            switches
                .iter()
                .chain([&profile])
                .map(|switch| json!(switch)),
        );
        let created = browser.send("", json!({"capabilities": {"alwaysMatch": capabilities}}));
        let id = created["sessionId"].as_str().expect("a session has an id");
        browser.session = format!("{}/{id}", browser.session);
        browser.allow_downloads();
        browser
    }

    /// Forgets what was done in it: another tab, with nothing stored, nothing downloaded and nothing emulated.
    #[track_caller]
    pub fn renew(&self) {
        let tab = self.send("/window/new", json!({"type": "tab"}));
        let closed = self.agent.delete(format!("{}/window", self.session)).call();
        closed.expect("chromedriver answers");
        self.send("/window", json!({ "handle": tab["handle"] }));
        let everything = json!({"origin": "*", "storageTypes": "all"});
        self.cdp("Storage.clearDataForOrigin", everything);
        self.cdp("Network.clearBrowserCookies", json!({}));
        self.cdp("Network.clearBrowserCache", json!({}));
        self.cdp("Browser.resetPermissions", json!({}));
        fs::remove_dir_all(self.downloads()).expect("the downloads are ours");
        fs::create_dir(self.downloads()).expect("a folder for downloads");
        self.allow_downloads();
    }

    fn allow_downloads(&self) {
        let downloads = json!({"behavior": "allow", "downloadPath": self.downloads()});
        self.cdp("Browser.setDownloadBehavior", downloads);
    }

    /// Where what the page saves arrives.
    pub fn downloads(&self) -> PathBuf {
        self.folder.join("downloads")
    }

    /// Opens an address and waits until it is loaded.
    #[track_caller]
    pub fn go(&self, url: &str) {
        self.send("/url", json!({ "url": url }));
    }

    /// Loads the page again and waits until it is there.
    #[track_caller]
    pub fn reload(&self) {
        self.send("/refresh", json!({}));
    }

    /// Runs the body of a function in the page; a promise is waited for; what it returns comes back as JSON.
    #[track_caller]
    pub fn run(&self, body: &str, arguments: Value) -> Value {
        self.send("/execute/sync", json!({"script": body, "args": arguments}))
    }

    /// A command of Chromium's DevTools protocol.
    #[track_caller]
    pub fn cdp(&self, command: &str, parameters: Value) -> Value {
        self.send(
            "/goog/cdp/execute",
            json!({"cmd": command, "params": parameters}),
        )
    }

    /// Waits until an element that fits the selector can be seen.
    #[track_caller]
    pub fn see(&self, selector: &str) {
        poll(&format!("{selector} to be seen"), || {
            self.shows(selector).then_some(())
        });
    }

    /// Whether an element that fits the selector can be seen now.
    #[track_caller]
    pub fn shows(&self, selector: &str) -> bool {
        let script = "return [...document.querySelectorAll(arguments[0])].some((element) => element.checkVisibility())";
        self.run(script, json!([selector])) == true
    }

    /// How many elements fit the selector.
    #[track_caller]
    pub fn count(&self, selector: &str) -> u64 {
        let script = "return document.querySelectorAll(arguments[0]).length";
        self.run(script, json!([selector]))
            .as_u64()
            .expect("a length")
    }

    /// The text that a person sees in the first element that fits.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        self.property(selector, "innerText")
    }

    /// An attribute of the first element that fits; nothing where it has none.
    #[track_caller]
    pub fn attribute(&self, selector: &str, name: &str) -> String {
        let script = "return document.querySelector(arguments[0]).getAttribute(arguments[1]) ?? ''";
        self.run(script, json!([selector, name]))
            .as_str()
            .expect("a string")
            .to_owned()
    }

    /// A property of the first element that fits, as text.
    #[track_caller]
    pub fn property(&self, selector: &str, name: &str) -> String {
        let script = "return String(document.querySelector(arguments[0])[arguments[1]])";
        self.run(script, json!([selector, name]))
            .as_str()
            .expect("a string")
            .to_owned()
    }

    /// Clicks the first element that fits, as a mouse does, once it can be seen.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        self.see(selector);
        self.send(
            &format!("/element/{}/click", self.element(selector)),
            json!({}),
        );
    }

    /// Replaces what stands in a field, once it can be seen.
    #[track_caller]
    pub fn fill(&self, selector: &str, text: &str) {
        self.see(selector);
        let element = self.element(selector);
        self.send(&format!("/element/{element}/clear"), json!({}));
        self.send(
            &format!("/element/{element}/value"),
            json!({ "text": text }),
        );
    }

    /// Chooses files in an `<input type="file">`, seen or not.
    #[track_caller]
    pub fn choose(&self, selector: &str, files: &[&Path]) {
        let names: Vec<_> = files
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        let element = self.element(selector);
        self.send(
            &format!("/element/{element}/value"),
            json!({"text": names.join("\n")}),
        );
    }

    /// Presses a key and lets it go.
    #[track_caller]
    pub fn press(&self, key: Key) {
        let glyph = char::from_u32(key as u32).expect("keys are letters of the private use area");
        self.type_text(&glyph.to_string());
    }

    /// Types into whatever has the focus.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        let strokes = text
            .chars()
            .flat_map(|letter| ["keyDown", "keyUp"].map(|kind| (kind, letter)));
        let strokes: Vec<_> = strokes
            .map(|(kind, letter)| json!({"type": kind, "value": letter}))
            .collect();
        let keyboard = json!({"type": "key", "id": "keyboard", "actions": strokes});
        self.send("/actions", json!({"actions": [keyboard]}));
    }

    /// Waits until a file has arrived in the downloads, and says where it is.
    #[track_caller]
    pub fn downloaded(&self, name: &str) -> PathBuf {
        // Chromium reserves the name with an empty file, writes under another, and renames that at the end.
        let path = self.downloads().join(name);
        poll(&format!("{name} to be downloaded"), || {
            fs::metadata(&path)
                .is_ok_and(|data| data.len() > 0)
                .then_some(())
        });
        path
    }

    #[track_caller]
    fn element(&self, selector: &str) -> String {
        let found = self.send(
            "/element",
            json!({"using": "css selector", "value": selector}),
        );
        found[ELEMENT]
            .as_str()
            .expect("an element has an id")
            .to_owned()
    }

    #[track_caller]
    fn send(&self, path: &str, body: Value) -> Value {
        let url = format!("{}{path}", self.session);
        let mut answer = self
            .agent
            .post(url)
            .send_json(&body)
            .expect("chromedriver answers");
        // Without the limit that ureq sets: axe's report of a page is long.
        let text = answer.body_mut().with_config().limit(1 << 30).read_json();
        let mut text: Value = text.expect("WebDriver's answers are JSON");
        let value = text["value"].take();
        assert!(
            answer.status().is_success(),
            "{path}: {}: {}",
            value["error"],
            value["message"]
        );
        value
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Chromium first and politely; whatever fails, the shell ends all of it.
        let _ = self.agent.delete(&self.session).call();
        drop(self.driver.stdin.take());
        let _ = self.driver.wait();
    }
}

/// Asks again and again, until there is an answer.
#[track_caller]
pub fn poll<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let limit = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(
            Instant::now() < limit,
            "waited {} s for {what}",
            PATIENCE.as_secs()
        );
        sleep(Duration::from_millis(20));
    }
}
