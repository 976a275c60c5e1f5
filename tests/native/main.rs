//! The native tests, one program: so the dependencies are linked once.

mod chain;
mod contract;
mod convert;
mod corpus;
mod details;
mod fuzz;
mod hostile;
mod interop;
mod layers;
mod odd;
mod pairing;
mod printed;
mod request;
#[path = "../support/mod.rs"]
mod support;
mod texts;
mod vectors;
mod writers;
