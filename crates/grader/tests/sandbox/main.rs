//! Untrusted programs are kept in, and one with its address written into it is graded as it is. These tests need namespaces: Linux, and
//! root or a system that lets everyone have them.

#![cfg(target_os = "linux")]

mod compiler;
mod interfaces;
mod kept_in;
mod walls;
mod written_in;
