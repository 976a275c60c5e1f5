//! Serves a folder of a few files on 127.0.0.1, to this machine alone.

use std::fs::File;
use std::io;
use std::net::SocketAddr;
use std::path::{Component, Path, PathBuf};
use std::thread::{self, JoinHandle};

use tiny_http::{Header, Request, Response, Server};

/// Serves `folder` at `port`, or at any free one where that is taken (0 asks for a free one outright). What it serves may
/// connect to nothing.
///
/// The thread behind the handle serves for as long as the process lives.
///
/// # Errors
///
/// When no port can be had.
pub fn serve(folder: &Path, port: u16) -> io::Result<(SocketAddr, JoinHandle<()>)> {
    start(folder, port, &[no_connections()])
}

/// As [`serve`], at any free port, for a page that fetches more from the folder.
///
/// # Errors
///
/// When no port can be had.
pub fn serve_connected(folder: &Path) -> io::Result<(SocketAddr, JoinHandle<()>)> {
    start(folder, 0, &[])
}

fn start(folder: &Path, port: u16, headers: &[Header]) -> io::Result<(SocketAddr, JoinHandle<()>)> {
    let server = Server::http(("127.0.0.1", port))
        .or_else(|_| Server::http(("127.0.0.1", 0)))
        .map_err(io::Error::other)?;
    let address = server
        .server_addr()
        .to_ip()
        .expect("it was bound to an IP address");
    let (folder, headers) = (folder.to_path_buf(), headers.to_vec());
    let thread = thread::spawn(move || {
        for request in server.incoming_requests() {
            // A browser that hangs up early is no concern of ours.
            let _ = answer(request, &folder, &headers);
        }
    });
    Ok((address, thread))
}

fn answer(request: Request, folder: &Path, headers: &[Header]) -> io::Result<()> {
    match file_for(request.url(), folder).and_then(|path| Some((File::open(&path).ok()?, path))) {
        Some((file, path)) => {
            let mut response = Response::from_file(file).with_header(content_type(&path));
            for header in headers {
                response.add_header(header.clone());
            }
            request.respond(response)
        }
        None => request.respond(Response::from_string("not found\n").with_status_code(404)),
    }
}

/// The file a request's target names, never outside `folder`.
fn file_for(target: &str, folder: &Path) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.trim_start_matches('/');
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    let inside = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let path = folder.join(path);
    (inside && path.is_file()).then_some(path)
}

fn content_type(path: &Path) -> Header {
    let value = match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        _ => "text/plain; charset=utf-8",
    };
    Header::from_bytes("Content-Type", value).expect("the header is ASCII")
}

/// Allows the page no connection at all. A content security policy stops what a page fetches, but not WebRTC, preconnects and
/// navigation; Chromium stops these too where it supports this header. A `<meta>` element cannot set it.
fn no_connections() -> Header {
    Header::from_bytes("Connection-Allowlist", "()").expect("the header is ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_another_port_where_one_is_taken() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (first, _) = serve(folder, 0).unwrap();
        let (second, _) = serve(folder, first.port()).unwrap();
        assert_ne!(first, second);
    }

    #[test]
    fn allows_the_page_no_connection() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let (address, _) = serve(&folder, 0).unwrap();
        let response = ureq::get(format!("http://{address}/lib.rs"))
            .call()
            .unwrap();
        assert_eq!(response.headers()["Connection-Allowlist"], "()");
    }

    #[test]
    fn serves_the_folder_and_nothing_above_it() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let (address, _) = serve(&folder, 0).unwrap();
        let status = |target: &str| {
            let agent: ureq::Agent = ureq::Agent::config_builder()
                .http_status_as_error(false)
                .build()
                .into();
            agent
                .get(format!("http://{address}{target}"))
                .call()
                .unwrap()
                .status()
                .as_u16()
        };
        assert_eq!(status("/lib.rs?x=1"), 200);
        assert_eq!(status("/"), 404, "there is no index.html here");
        assert_eq!(file_for("/../Cargo.toml", &folder), None);
        assert_eq!(file_for("//etc/passwd", &folder), None);
    }
}
