//! The workshop, tested from outside.

mod check;
mod completions;
mod contributing;
mod demo;
mod exercises;
mod explain;
mod export;
mod gallery;
#[cfg(target_os = "linux")]
mod grading;
mod help;
mod line_counts;
mod manifests;
mod packages;
mod pages;
mod release;
mod starters;
mod tables;
#[cfg(target_os = "linux")]
mod virtual_lab;
mod support {
    pub mod built;
    pub mod workspace;
}
