//! The workshop, tested from outside.

mod demo;
mod manifests;
mod readme;
