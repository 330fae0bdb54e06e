//! A terminal that stands still.

/// A program for `python3 -c`, which runs the command behind it with a terminal that is stopped (Ctrl-S, tcflow(3)) at its standard input
/// and standard error, presses Ctrl-C as soon as the command handles that (`SigCgt` in proc(5)), and prints the command's exit code.
///
/// Such a terminal takes nothing, not even the line break with which Ctrl-C ends its line.
pub const STOPPED_TERMINAL: &str = "\
import os, pty, signal, subprocess, sys, termios, time
_, terminal = pty.openpty()
termios.tcflow(terminal, termios.TCOOFF)
command = subprocess.Popen(sys.argv[1:], stdin=terminal, stdout=subprocess.DEVNULL, stderr=terminal)
caught = lambda: [int(line[7:], 16) for line in open(f\"/proc/{command.pid}/status\") if line.startswith(\"SigCgt\")][0]
while not caught() & 1 << signal.SIGINT - 1: time.sleep(.01)
command.send_signal(signal.SIGINT)
print(command.wait(timeout=6))";
