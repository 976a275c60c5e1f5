//! Deriving in a browser: its own PBKDF2 where it has it, Rust for the rest.
//!
//! WebCrypto takes a third of the time that wasm takes and runs beside it on another thread, so its jobs are started first
//! and awaited last. It is there on `https:`, on 127.0.0.1 and on `file:`, but not on a plain `http:` host; it has no
//! PKCS#12 KDF and no scrypt, it cannot tell how far it is, and a job of its cannot be stopped. So a job that runs long
//! goes to Rust, whose worker can be ended, and so does each that WebCrypto refuses for whatever reason (Firefox refuses an
//! empty password).

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use crate::base::error::Error;
use crate::base::secret::SecretDer;
use crate::crypto::digest::Digest;
use crate::crypto::kdf::{Kdf, KdfJob};

/// Fewer iterations than this are done sooner than WebCrypto is asked.
const WORTH_ASKING: u64 = 5_000;
/// More than this run so long that a person must be able to stop them.
const STOPPABLE_ABOVE: u64 = 10_000_000;

/// Derives every job, or says why not; `progress` is called with iterations done and iterations in all.
pub(super) async fn all(
    jobs: Vec<KdfJob>,
    progress: &Function,
) -> Vec<(KdfJob, Result<SecretDer, Error>)> {
    let total: u64 = jobs.iter().map(KdfJob::cost).fold(0, u64::saturating_add);
    let mut done = 0_u64;
    let mut heard = true;
    let mut tell = |steps: u64| {
        done = done.saturating_add(steps);
        if heard {
            let (done, total) = ((done as f64).into(), (total as f64).into());
            // Where the page's function fails it is not called again; the keys are derived all the same.
            heard = progress.call2(&JsValue::NULL, &done, &total).is_ok();
        }
    };
    let subtle = subtle();
    let mut begun = Vec::with_capacity(jobs.len());
    for job in jobs {
        let started = match &subtle {
            Some(subtle) if suits(&job) => start(subtle, &job).await.ok(),
            _ => None,
        };
        begun.push((job, started));
    }
    let in_rust: Vec<_> = begun
        .into_iter()
        .map(|(job, started)| match started {
            Some(promise) => (job, Err(promise)),
            None => {
                let key = job.derive(&mut tell);
                (job, Ok(key))
            }
        })
        .collect();
    let mut keys = Vec::with_capacity(in_rust.len());
    for (job, key) in in_rust {
        let key = match key {
            Ok(key) => key,
            Err(promise) => match JsFuture::from(promise).await {
                Ok(bits) => {
                    tell(job.cost());
                    Ok(taken(&Uint8Array::new(&bits)))
                }
                // Whatever WebCrypto has against it, Rust derives it, or says why not.
                Err(_) => job.derive(&mut tell),
            },
        };
        keys.push((job, key));
    }
    keys
}

/// The browser's own, where the page is in a secure context.
pub(super) fn subtle() -> Option<SubtleCrypto> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok()?;
    subtle.is_object().then(|| subtle.unchecked_into())
}

/// Whether WebCrypto has it and it is worth asking for.
fn suits(job: &KdfJob) -> bool {
    match &job.kdf {
        Kdf::Pbkdf2 {
            digest, iterations, ..
        } => name(*digest).is_some() && (WORTH_ASKING..=STOPPABLE_ABOVE).contains(iterations),
        _ => false,
    }
}

fn name(digest: Digest) -> Option<&'static str> {
    match digest {
        Digest::Sha1 => Some("SHA-1"),
        Digest::Sha256 => Some("SHA-256"),
        Digest::Sha384 => Some("SHA-384"),
        Digest::Sha512 => Some("SHA-512"),
        _ => None,
    }
}

/// Starts a job that suits; the promise is of its bytes.
async fn start(subtle: &SubtleCrypto, job: &KdfJob) -> Result<Promise, JsValue> {
    let Kdf::Pbkdf2 {
        digest,
        salt,
        iterations,
    } = &job.kdf
    else {
        return Err(JsValue::UNDEFINED);
    };
    let algorithm = Object::new();
    Reflect::set(&algorithm, &"name".into(), &"PBKDF2".into())?;
    Reflect::set(&algorithm, &"hash".into(), &name(*digest).into())?;
    Reflect::set(
        &algorithm,
        &"salt".into(),
        &Uint8Array::from(salt.as_slice()),
    )?;
    Reflect::set(
        &algorithm,
        &"iterations".into(),
        &(*iterations as f64).into(),
    )?;
    let password = Uint8Array::from(job.password.expose());
    let usages = Array::of1(&"deriveBits".into());
    let imported =
        JsFuture::from(subtle.import_key_with_str("raw", &password, "PBKDF2", false, &usages)?)
            .await;
    password.fill(0, 0, password.length());
    let key: CryptoKey = imported?.unchecked_into();
    let bits = u32::try_from(8 * job.length).map_err(|_| JsValue::UNDEFINED)?;
    subtle.derive_bits_with_object(&algorithm, &key, bits)
}

/// Bytes out of the page's memory, where they are overwritten.
pub(super) fn taken(bytes: &Uint8Array) -> SecretDer {
    let key = SecretDer::new(bytes.to_vec());
    bytes.fill(0, 0, bytes.length());
    key
}
