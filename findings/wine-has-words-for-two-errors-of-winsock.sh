#!/usr/bin/env bash
# FormatMessage gives the text of a system error, those of Winsock (10004 to 11004) included. One expects a sentence for each of them under
# Wine too, which has texts for thousands of errors. It has two: "connection refused" and "connection reset". For all others, also for
# "address already in use", FormatMessage fails with ERROR_MR_MID_NOT_FOUND (317), and Rust's std shows
# "OS Error 10048 (FormatMessageW() returned error 317)".
#
# Needs Debian 12's wine and gcc-mingw-w64-x86-64 (apt-get install --no-install-recommends wine wine64 gcc-mingw-w64-x86-64). Works in a
# folder of its own. Fails if what happens is no longer so.
set -euo pipefail
folder=$(mktemp -d)
export WINEPREFIX=$folder/wine WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml,winemenubuilder.exe='
trap 'wineserver -k || true; rm -rf "$folder"' EXIT
mkdir "$WINEPREFIX"
cat >"$folder/words.c" <<'END'
#include <windows.h>
#include <stdio.h>
int main(void) {
    /* Those of winsock2.h from WSAEWOULDBLOCK to WSAEHOSTUNREACH. */
    for (DWORD error = 10035; error <= 10065; error++) {
        char text[200];
        if (FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, error, 0, text, sizeof text, NULL))
            printf("%lu ", error);
        else if (GetLastError() != ERROR_MR_MID_NOT_FOUND)
            printf("%lu? ", error);
    }
}
END
x86_64-w64-mingw32-gcc -o "$folder/words.exe" "$folder/words.c"
seen=$(wine "$folder/words.exe" | tr -d '\r')

wine --version 2>/dev/null
echo "of the errors 10035 to 10065 these have words: $seen  expected all 31"
# Seen with wine-8.0: 10054 10061
[ "$seen" = '10054 10061 ' ]
