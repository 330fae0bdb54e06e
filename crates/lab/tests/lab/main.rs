//! The workshop, tested from outside.

mod check;
mod contributing;
mod demo;
mod exercises;
mod explain;
mod export;
mod gallery;
mod line_counts;
mod manifests;
mod readme;
mod release;
mod starters;
mod tables;
#[cfg(target_os = "linux")]
mod virtual_lab;
mod support {
    pub mod workspace;
}
