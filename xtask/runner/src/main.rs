//! Runs one wasm test binary in a headless browser; cargo calls it, as `.cargo/config.toml` says.
//!
//! A package of its own, so that `cargo xtask serve` does not wait for it to be compiled.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
