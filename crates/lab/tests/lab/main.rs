//! The workshop, tested from outside.

mod check;
mod demo;
mod explain;
mod export;
mod gallery;
mod manifests;
mod readme;
mod starters;
mod tables;
#[cfg(target_os = "linux")]
mod virtual_lab;
