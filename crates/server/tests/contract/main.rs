//! The contract of the teacher's server, tested from outside: the program, real sockets, what arrives at both ends.

mod peers;
mod running;
