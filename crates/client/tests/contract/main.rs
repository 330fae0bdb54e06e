//! The contract of the first client, tested from outside: the program, real sockets, what arrives at both ends.

mod peers;
