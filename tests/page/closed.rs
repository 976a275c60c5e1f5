//! What the page does not do: connect to anything, or take text for markup.

use std::fs;
use std::io::Read;
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use browser::Browser;
use serde_json::{Value, json};

use crate::support::Folder;
use crate::visit::{Home, Visit, address, root};

/// Chromium's own log of its network sees what no observer in the page can: workers, preconnects, whatever comes.
#[test]
fn no_request_after_the_page_is_loaded() {
    let folder = Folder::new();
    for home in [Home::Http, Home::Folder] {
        let log = folder.path().join(format!("{home:?}.json"));
        let visit = Visit::at(home, &[net_log(&log)]);
        visit.open("pkcs12-openssl-default.p12");
        visit.make("scott");
        visit.take_all();
        drop(visit);
        assert_eq!(requests(&log), [""; 0], "{home:?}");
    }
}

/// The test above can fail: a page that does connect, from a worker even, is seen to.
#[test]
fn the_log_shows_what_a_worker_fetches() {
    let folder = Folder::new();
    let log = folder.path().join("log.json");
    let page = folder.write("talks.html", br#"<!doctype html><title>talks</title><script>
        const source = `onmessage = async ({ data }) => { await fetch(data, { mode: 'no-cors' }).catch(() => {}); postMessage(0) }`;
        const worker = new Worker(URL.createObjectURL(new Blob([source])));
        worker.onmessage = () => { document.title = 'talked' };
        worker.postMessage(location.hash.slice(1));
    </script>"#);
    let browser = Browser::start(
        &root().join("webdriver.json"),
        folder.path(),
        &[net_log(&log)],
    );
    let target = format!("http://{}/SHA256SUMS", address());
    browser.go(&format!("file://{}#{target}", page.display()));
    browser::poll("the worker to talk", || {
        (browser.run("return document.title", json!([])) == "talked").then_some(())
    });
    drop(browser);
    assert_eq!(requests(&log), [target]);
}

/// A content security policy stops neither WebRTC nor preconnects nor navigation. The header that `cargo xtask serve` sends does, in
/// Chromium: the same page reaches a local listener from a folder, where no header can be, and does not when it is served.
#[test]
fn what_is_served_reaches_no_listener() {
    const PAGE: &[u8] = br#"<!doctype html>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'">
        <title>tries</title><script>
        const [tcp, udp] = location.hash.slice(1).split('-');
        const link = document.createElement('link');
        Object.assign(link, { rel: 'preconnect', href: `http://127.0.0.1:${tcp}`, crossOrigin: '' });
        document.head.append(link);
        try {
            const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${udp}` }] });
            peer.createDataChannel('data');
            peer.createOffer().then((offer) => peer.setLocalDescription(offer)).catch(() => {});
        } catch {}
        setTimeout(() => { location = `http://127.0.0.1:${tcp}/navigated` }, 1000);
        document.title = 'tried';
    </script>"#;
    let folder = Folder::new();
    let page = folder.write("tries.html", PAGE);
    let (served, _) = browser::serve(folder.path(), 0).expect("a free port");
    for (address, expected) in [
        (
            format!("file://{}", page.display()),
            vec!["navigation", "preconnect", "webrtc"],
        ),
        (format!("http://{served}/tries.html"), vec![]),
    ] {
        let (tcp, udp, arrived) = listeners();
        let browser = Browser::start(&root().join("webdriver.json"), folder.path(), &[]);
        browser.go(&format!("{address}#{}-{}", tcp.port(), udp.port()));
        browser::poll("the page to try", || {
            (browser.run("return document.title", json!([])) == "tried").then_some(())
        });
        // Nothing can be waited for where nothing may come: three times what the page takes.
        thread::sleep(Duration::from_secs(3));
        drop(browser);
        let mut arrived = arrived.lock().unwrap().clone();
        arrived.sort_unstable();
        arrived.dedup();
        assert_eq!(arrived, expected, "{address}");
    }
}

/// Two listeners, and what arrived at them: `preconnect` is a connection on which nothing is sent.
fn listeners() -> (SocketAddr, SocketAddr, Arc<Mutex<Vec<&'static str>>>) {
    let tcp = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let udp = UdpSocket::bind("127.0.0.1:0").expect("a free port");
    let addresses = (tcp.local_addr().unwrap(), udp.local_addr().unwrap());
    let arrived = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&arrived);
    thread::spawn(move || {
        for stream in tcp.incoming() {
            let (mut stream, log) = (stream.expect("a connection"), Arc::clone(&log));
            log.lock().unwrap().push("preconnect");
            thread::spawn(move || {
                let mut start = [0; 14];
                if stream.read_exact(&mut start).is_ok() && start == *b"GET /navigated" {
                    log.lock().unwrap().push("navigation");
                }
            });
        }
    });
    let log = Arc::clone(&arrived);
    thread::spawn(move || {
        while udp.recv_from(&mut [0; 1024]).is_ok() {
            log.lock().unwrap().push("webrtc");
        }
    });
    (addresses.0, addresses.1, arrived)
}

fn net_log(file: &Path) -> String {
    format!("--log-net-log={}", file.display())
}

/// The addresses that pages asked the network for. The browser's own errands have no page for an initiator, and neither
/// has the address that a person opens.
fn requests(log: &Path) -> Vec<String> {
    let log = fs::read(log).expect("Chromium wrote its log");
    let log: Value = serde_json::from_slice(&log).expect("the log is JSON");
    let start = &log["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"];
    assert!(start.is_u64(), "the log's format is another");
    let events = log["events"].as_array().expect("the log has events").iter();
    let started = events
        .filter(|event| event["type"] == *start)
        .map(|event| &event["params"]);
    let asked = started.filter(|params| params["initiator"] != "not an origin");
    asked
        .filter_map(|params| params["url"].as_str().map(Into::into))
        .collect()
}

#[test]
fn text_is_never_markup() {
    let visit = Visit::over_http();
    let sinks = [
        "document.body.innerHTML = '<b>x</b>'",
        "document.body.outerHTML = '<b>x</b>'",
        "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
        "document.body.setHTMLUnsafe('<b>x</b>')",
        "document.write('<b>x</b>')",
        "document.createElement('iframe').srcdoc = '<b>x</b>'",
        "document.createRange().createContextualFragment('<b>x</b>')",
        "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
        "document.createElement('script').text = 'x'",
        "document.createElement('script').src = 'data:,x'",
        "new Worker('data:,x')",
        "setTimeout('x')",
        "trustedTypes.createPolicy('another', {})",
        "trustedTypes.createPolicy('default', {})",
        "trustedTypes.createPolicy('worker', {})",
    ];
    let sources = ["eval('1')", "new Function('return 1')()"];
    for (code, error) in sinks
        .map(|sink| (sink, "TypeError"))
        .into_iter()
        .chain(sources.map(|source| (source, "EvalError")))
    {
        // In a task of the page's own: WebDriver's is let do what the policy forbids.
        let tried =
            format!("try {{ {code}; done('let through') }} catch (error) {{ done(error.name) }}");
        let tried = format!("return new Promise((done) => setTimeout(() => {{ {tried} }}))");
        assert_eq!(visit.run(&tried, json!([])), error, "{code}");
    }
}
