//! What a person ends stays ended; what a browser ends is said, and the page goes on.

use serde_json::json;

use crate::visit::{NEW_PASSWORD, PASSWORD, Visit, address, until};

/// A visit whose workers a test can end, as a browser does that runs out of memory: without a word.
fn with_workers() -> Visit {
    let visit = Visit::over_http();
    let noted = "window.workers = []; const Real = Worker;
        window.Worker = class extends Real { constructor(...all) { super(...all); workers.push(this) } }";
    visit.cdp(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": noted }),
    );
    visit.go("about:blank");
    visit.go(&format!("http://{}/#anaplan", address()));
    visit.see("html[data-ready]");
    visit
}

fn end_worker(visit: &Visit) {
    visit.run("workers.at(-1).terminate()", json!([]));
}

#[test]
fn a_worker_that_is_gone_is_said_and_replaced() {
    let visit = with_workers();
    visit.open("pkcs12-openssl-default.p12");
    end_worker(&visit);
    visit.see("#failure");
    let said = visit.text("#failure");
    assert!(said.contains("stopped the converter"), "{said}");
    assert!(!said.contains("our bug"), "{said}");
    // The list is as it was, and its file opens in the next worker.
    assert_eq!(visit.count("#files > li"), 1);
    visit.see_state("locked", "password-needed");
    visit.unlock(PASSWORD);
    visit.see("#step-outputs");
    visit.make("scott");
}

#[test]
fn a_worker_that_is_gone_amid_its_work_is_said() {
    let visit = with_workers();
    visit.give(&["pkcs12-hostile-iterations-mac.p12"]);
    visit.unlock(PASSWORD);
    visit.see_state("costly", "costly-derivation");
    visit.click("#files [data-role=accept]");
    visit.see("#busy-open");
    end_worker(&visit);
    visit.see("#failure");
    assert!(visit.text("#failure").contains("stopped the converter"));
    // The file is read again, and waits.
    visit.see_state("locked", "password-needed");
    until("the work to end", || !visit.shows("#busy-open"));
    assert_eq!(visit.count("#files > li"), 1);
}

#[test]
fn cancel_ends_a_costly_file_that_was_clicked_twice() {
    let visit = Visit::over_http();
    visit.give(&["pkcs12-hostile-iterations-mac.p12"]);
    visit.unlock(PASSWORD);
    visit.see_state("costly", "costly-derivation");
    let twice = "const button = document.querySelector('#files [data-role=accept]'); button.click(); button.click()";
    visit.run(twice, json!([]));
    visit.see("#busy-open");
    visit.click("#busy-open [data-role=cancel]");
    // The file is read again, and asks for its password; nothing of it is derived.
    visit.see_state("locked", "password-needed");
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert!(!visit.shows("#busy-open"), "the work goes on");
    visit.see_state("locked", "password-needed");
}

#[test]
fn cancel_beside_the_request_form_is_no_bug() {
    let visit = Visit::over_http();
    visit.click("#request > summary");
    let choose = "const select = document.querySelector('#request-key'); select.value = 'rsa4096';
        select.dispatchEvent(new Event('change', { bubbles: true }))";
    visit.run(choose, json!([]));
    visit.fill("#request-cn", "Ann Example");
    visit.fill("#request-email", "ann@example.com");
    visit.fill("#request-password", NEW_PASSWORD);
    visit.click("#request-make");
    visit.see("#request-busy");
    // Asked while the worker is at work, so that it waits for its turn.
    visit.click("[data-role=request-generate]");
    visit.click("#request-busy [data-role=cancel]");
    until("the work to end", || !visit.shows("#request-busy"));
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert!(!visit.shows("#failure"), "{}", visit.text("#failure"));
    assert!(!visit.shows("#request-problems > li"));
    visit.click("#request-make");
    visit.see("#request-made");
}
