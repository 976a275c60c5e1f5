//! What a person asks of every page: print, more contrast, the system's own colours, less motion. And what a live region
//! says: each change once.

use serde_json::{Value, json};

use crate::inventory::with_table;
use crate::visit::{NEW_PASSWORD, Visit, until};

/// The ratio of WCAG 2.1 between two of the page's colours, as they are drawn.
const CONTRAST: &str = "const drawn = (name) => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = `var(${name})`;
        const channels = getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3).map((one) => one / 255);
        probe.remove();
        const [r, g, b] = channels.map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [dark, light] = [drawn(arguments[0]), drawn(arguments[1])].sort((one, other) => one - other);
    return (light + 0.05) / (dark + 0.05)";

fn media(visit: &Visit, kind: &str, features: &[(&str, &str)]) {
    let features: Vec<Value> = features
        .iter()
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    let asked = json!({ "media": kind, "features": features });
    visit.cdp("Emulation.setEmulatedMedia", asked);
}

#[test]
fn on_paper_it_is_black_on_white_without_controls_and_passwords() {
    let visit = Visit::over_http();
    let dark = "const theme = document.querySelector('#theme'); theme.value = 'dark';
        theme.dispatchEvent(new Event('change', { bubbles: true }))";
    visit.run(dark, json!([]));
    visit.give(&["pkcs12-openssl-default.p12", "crl-openssl.crl"]);
    visit.unlock(crate::visit::PASSWORD);
    visit.see("#step-outputs");
    visit.make("scott");
    visit.click("#field-password [data-role=reveal]");
    visit.run(
        "for (const one of document.querySelectorAll('details')) one.open = false",
        json!([]),
    );
    assert!(visit.shows("#new-password"));

    media(&visit, "print", &[]);
    let colours = "const { color, backgroundColor } = getComputedStyle(document.body); return [color, backgroundColor]";
    let colours = visit.run(colours, json!([]));
    assert_eq!(colours, json!(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]));
    let controls = "return [...document.querySelectorAll('button:not(.term), input, select, textarea, a[download]')]
        .filter((one) => one.checkVisibility() && getComputedStyle(one).visibility === 'visible').map((one) => one.outerHTML)";
    assert_eq!(visit.run(controls, json!([])), json!([]));
    let text = visit.text("body");
    assert!(!text.contains(NEW_PASSWORD));
    // What matters is there, also where it is folded.
    for there in [
        "pkcs12-openssl-default.p12",
        "Alice Example",
        "Test Root",
        "public_key.pem",
        "Revocation list",
    ] {
        assert!(text.contains(there), "{there}: {text}");
    }
    for gone in ["All details", "Show as table", "Choose a file"] {
        assert!(!text.contains(gone), "{gone}: {text}");
    }
    // No pane of its own: paper does not scroll.
    let cut = "return [...document.querySelectorAll('.get, pre')].filter((one) => one.scrollHeight > one.clientHeight + 1
        || getComputedStyle(one).position === 'sticky').length";
    assert_eq!(visit.run(cut, json!([])), 0);
    // Chromium prints it.
    let pages = visit.cdp("Page.printToPDF", json!({}));
    assert!(
        pages["data"]
            .as_str()
            .is_some_and(|data| data.len() > 10_000)
    );
}

/// Where axe cannot look: borders, outlines, bars and marks against what is behind them.
#[test]
fn lines_and_marks_stand_out() {
    let visit = Visit::over_http();
    let ratio = |one: &str, other: &str| visit.run(CONTRAST, json!([one, other])).as_f64().unwrap();
    for scheme in ["light", "dark"] {
        for (contrast, text, line) in [("no-preference", 4.5, 3.0), ("more", 7.0, 4.5)] {
            media(
                &visit,
                "",
                &[
                    ("prefers-color-scheme", scheme),
                    ("prefers-contrast", contrast),
                ],
            );
            for ground in ["--ground", "--panel"] {
                for ink in [
                    "--ink",
                    "--quiet",
                    "--error",
                    "--warning",
                    "--info",
                    "--good",
                    "--accent",
                ] {
                    let found = ratio(ink, ground);
                    assert!(
                        found >= text,
                        "{scheme}, {contrast}: {ink} on {ground} is {found:.2}"
                    );
                }
                for mark in ["--edge", "--accent"] {
                    let found = ratio(mark, ground);
                    assert!(
                        found >= line,
                        "{scheme}, {contrast}: {mark} on {ground} is {found:.2}"
                    );
                }
            }
            for (ink, ground) in [
                ("--on-accent", "--accent"),
                ("--ink", "--wash"),
                ("--error", "--error-wash"),
                ("--warning", "--warning-wash"),
                ("--info", "--info-wash"),
            ] {
                let found = ratio(ink, ground);
                assert!(
                    found >= text,
                    "{scheme}, {contrast}: {ink} on {ground} is {found:.2}"
                );
            }
        }
    }
}

#[test]
fn with_the_systems_colours_every_state_can_be_seen() {
    let visit = with_table(&[]);
    visit.see("#inventory-rows > tr");
    visit.click("#inventory-bars [data-month=past]");
    let looks = "const { outlineStyle, outlineWidth, borderTopWidth, borderTopStyle } = getComputedStyle(document.querySelector(arguments[0]));
        return `${outlineStyle} ${outlineWidth} ${borderTopStyle} ${borderTopWidth}`";
    let of = |selector: &str| {
        visit
            .run(looks, json!([selector]))
            .as_str()
            .unwrap()
            .to_owned()
    };
    media(&visit, "", &[("forced-colors", "active")]);
    visit.run("document.activeElement.blur()", json!([]));
    let pressed = of("#inventory-bars [aria-pressed=true]");
    assert_ne!(pressed, of("#inventory-bars [aria-pressed=false]"));
    assert!(pressed.starts_with("solid 2px"), "{pressed}");
    // A bar is a plain box: without a colour of the system's it would be gone.
    let bar = "const at = (one) => getComputedStyle(one).backgroundColor;
        return at(document.querySelector('#inventory-bars :enabled .bar')) !== at(document.body)";
    assert_eq!(visit.run(bar, json!([])), true);
    // Each button has a border or a line under it.
    let bare = "return [...document.querySelectorAll('button, .button')].filter((one) => one.checkVisibility()).filter((one) => {
        const { borderTopStyle, borderTopWidth, textDecorationLine } = getComputedStyle(one);
        return (borderTopStyle === 'none' || borderTopWidth === '0px') && textDecorationLine === 'none'
            && !one.matches('[data-sort], .to-card, :has(u)'); }).map((one) => one.outerHTML.slice(0, 120))";
    assert_eq!(visit.run(bare, json!([])), json!([]));
    for (dialog, id) in [("help", "#help"), ("about", "#about")] {
        visit.click(&format!("[data-dialog={dialog}]"));
        assert!(of(id).contains("solid 2px"), "{}", of(id));
        visit.click(&format!("{id} [data-role=close-dialog]"));
    }
}

#[test]
fn with_less_motion_nothing_moves() {
    let visit = Visit::over_http();
    media(&visit, "", &[("prefers-reduced-motion", "reduce")]);
    visit.open("pkcs12-openssl-default.p12");
    let moving = "return [...document.querySelectorAll('*')].filter((one) => {
        const { animationDuration, transitionDuration } = getComputedStyle(one);
        return [animationDuration, transitionDuration].join(', ').split(', ').some((time) => parseFloat(time) > 0.01); }).length";
    assert_eq!(visit.run(moving, json!([])), 0);
}

/// The live region hears each change, also one that is said twice in a row, and says none twice by itself.
#[test]
fn each_change_is_said_once() {
    let visit = Visit::over_http();
    let listen = "window.heard = []; new MutationObserver(() => {
        const { textContent } = document.querySelector('#status');
        if (textContent) window.heard.push(textContent);
    }).observe(document.querySelector('#status'), { childList: true, characterData: true, subtree: true })";
    visit.run(listen, json!([]));
    let heard =
        || -> Vec<String> { crate::support::words(&visit.run("return window.heard", json!([]))) };
    visit.open("pkcs12-openssl-default.p12");
    visit.see("#step-outputs");
    visit.make("scott");
    let all = heard();
    let mut once = all.clone();
    once.dedup();
    assert_eq!(all, once);
    assert!(all.iter().any(|said| said.contains("is open")), "{all:?}");

    let save = "[data-role=report][data-kind=txt]";
    for times in 1..=2 {
        visit.click(save);
        until("it to be said again", || {
            heard()
                .iter()
                .filter(|said| said.contains("keyferry-report-"))
                .count()
                == times
        });
    }
    // A button that copies says so itself, in words.
    visit.click("[data-role=copy-password]");
    until("the button to say it", || {
        visit.count("[data-role=copy-password][data-said]") == 1
    });
    let said = heard();
    let button = visit.attribute("[data-role=copy-password]", "data-said");
    assert_eq!(said.last(), Some(&button));
}
