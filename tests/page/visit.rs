//! A visit to the built page: Chromium on it, and the steps a person takes there.

use std::net::SocketAddr;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::{env, fs, thread};

use browser::{Browser, Key, poll, serve};

use crate::support::Folder;

/// The password that opens most vectors.
pub const PASSWORD: &str = "keyferry";
/// A new password that every target takes.
pub const NEW_PASSWORD: &str = "Ferry-over-2026";

/// Where the tests and the page are.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where the page is served: one server for all tests.
pub fn address() -> SocketAddr {
    static ADDRESS: LazyLock<SocketAddr> = LazyLock::new(|| {
        let dist = root().join("dist");
        assert!(
            dist.join("index.html").is_file(),
            "build the page first: cargo xtask build"
        );
        serve(&dist, 0).expect("a free port").0
    });
    *ADDRESS
}

/// The page's two homes.
#[derive(Clone, Copy, Debug)]
pub enum Home {
    Folder,
    Http,
}

/// Chromium on the page, with a folder of its own.
///
/// Chromiums that were started alike serve one test after another, each as if it were new ([`Browser::renew`]): so there is
/// one for each thread of the tests.
pub struct Visit {
    // Dropped in this order: Chromium still writes into the folder.
    browser: Option<Browser>,
    pub folder: Folder,
    /// Other tests may have it afterwards.
    shared: bool,
}

/// Chromiums that no test has now. They end with the process.
static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

impl Deref for Visit {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        self.browser.as_ref().expect("it is there until the end")
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        // What failed may have left anything behind.
        if self.shared
            && !thread::panicking()
            && let Some(browser) = self.browser.take()
        {
            browser.renew();
            idle().push(browser);
        }
    }
}

/// A test that panics leaves the list whole.
fn idle() -> MutexGuard<'static, Vec<Browser>> {
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Visit {
    /// With Anaplan chosen.
    #[track_caller]
    pub fn over_http() -> Self {
        Self::at(Home::Http, &[])
    }

    /// With Anaplan chosen; `switches` are Chromium's.
    #[track_caller]
    pub fn at(home: Home, switches: &[String]) -> Self {
        Self::with_hash(home, "#anaplan", switches)
    }

    /// The page as it is without any choice: it asks for the system.
    #[track_caller]
    pub fn empty() -> Self {
        Self::with_hash(Home::Http, "", &[])
    }

    /// With what the hash sets up.
    #[track_caller]
    pub fn with_hash(home: Home, hash: &str, switches: &[String]) -> Self {
        let folder = Folder::new();
        let shared = switches.is_empty();
        let start = |scratch| Browser::start(&root().join("webdriver.json"), scratch, switches);
        let other = if shared { idle().pop() } else { None };
        let browser = match other {
            Some(browser) => browser,
            None if shared => start(&env::temp_dir()),
            None => start(folder.path()),
        };
        browser.go(&match home {
            Home::Http => format!("http://{}/{hash}", address()),
            Home::Folder => {
                // Elsewhere than where it was built, as a copy that somebody keeps.
                let page = fs::read(root().join("dist/index.html")).expect("the page is built");
                let page = folder.write("kept.html", &page);
                format!("file://{}{hash}", page.display())
            }
        });
        browser.see("html[data-ready]");
        Self {
            browser: Some(browser),
            folder,
            shared,
        }
    }

    /// Chooses a system as a person does who knows its id: the question, the id, Enter.
    #[track_caller]
    pub fn choose_system(&self, id: &str) {
        if self.shows("#system-change") {
            self.click("#system-change");
        }
        self.fill("#system", id);
        self.see(&format!("#system-{id}[aria-selected=true]"));
        self.press(Key::Enter);
        self.see(&format!("#step-system[data-target={id}] #system-chosen"));
    }

    /// Chooses vectors, all at once.
    #[track_caller]
    pub fn give(&self, vectors: &[&str]) {
        let paths: Vec<PathBuf> = vectors
            .iter()
            .map(|name| root().join("tests/vectors").join(name))
            .collect();
        let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
        self.choose("#file-input", &paths);
    }

    /// Types the password of the first file that wants one.
    #[track_caller]
    pub fn unlock(&self, password: &str) {
        self.fill("#files [data-state=locked] [data-role=password]", password);
        self.click("#files [data-state=locked] form[data-role=unlock] [type=submit]");
    }

    /// Types into a field; a new password that is hidden is typed again, as the page asks.
    #[track_caller]
    pub fn fill(&self, selector: &str, text: &str) {
        let browser: &Browser = self;
        browser.fill(selector, text);
        let again = format!("{selector}-again");
        if selector.ends_with("-password") && self.count(&again) > 0 && self.shows(&again) {
            browser.fill(&again, text);
        }
    }

    /// Gives a vector and its password, until its inside is shown.
    #[track_caller]
    pub fn open(&self, vector: &str) {
        self.give(&[vector]);
        self.unlock(PASSWORD);
        self.see("#step-inside");
    }

    /// Makes the files.
    #[track_caller]
    pub fn make(&self, alias: &str) {
        self.fill("#alias", alias);
        self.fill("#new-password", NEW_PASSWORD);
        self.click("#make");
        self.see("#download-all");
    }

    /// Waits until the first file is in this state, for this reason.
    #[track_caller]
    pub fn see_state(&self, state: &str, code: &str) {
        self.see(&format!(
            "#files > li[data-state={state}][data-code={code}]"
        ));
    }

    /// Downloads all and unpacks it; says where the files are.
    #[track_caller]
    pub fn take_all(&self) -> PathBuf {
        self.click("#download-all");
        let archive = self.downloaded(&self.property("#download-all", "download"));
        let folder = self.folder.path().join("unpacked");
        said("unzip", &["-q", &text(&archive), "-d", &text(&folder)]);
        folder
    }
}

/// Runs another program to a good end, and gives what it printed.
#[track_caller]
pub fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    let error = String::from_utf8_lossy(&output.stderr);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{program} {arguments:?}: {error}{said}"
    );
    said
}

/// A path as text, which every path of the tests is.
pub fn text(path: &Path) -> String {
    path.display().to_string()
}

/// Waits until something is so.
#[track_caller]
pub fn until(what: &str, so: impl Fn() -> bool) {
    poll(what, || so().then_some(()));
}
