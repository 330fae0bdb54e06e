#!/usr/bin/env bash
# Windows' LockFileEx with LOCKFILE_EXCLUSIVE_LOCK "denies all other processes both read and write access" to the bytes, and for another
# handle of the same process too. One expects ERROR_LOCK_VIOLATION (33) from ReadFile. Wine keeps a second lock away (33), but reading and
# writing go through: what is tested under Wine alone finds no program that reads too early.
#
# Needs Debian 12's wine and gcc-mingw-w64-x86-64 (apt-get install --no-install-recommends wine wine64 gcc-mingw-w64-x86-64). Works in a
# folder of its own. Fails if what happens is no longer so.
set -euo pipefail
folder=$(mktemp -d)
export WINEPREFIX=$folder/wine WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml,winemenubuilder.exe='
trap 'wineserver -k || true; rm -rf "$folder"' EXIT
mkdir "$WINEPREFIX"
cat >"$folder/lock.c" <<'END'
#include <windows.h>
#include <stdio.h>
int main(void) {
    DWORD share = FILE_SHARE_READ | FILE_SHARE_WRITE, access = GENERIC_READ | GENERIC_WRITE, done;
    HANDLE one = CreateFileA("table.txt", access, share, NULL, CREATE_ALWAYS, 0, NULL);
    HANDLE two = CreateFileA("table.txt", access, share, NULL, OPEN_EXISTING, 0, NULL);
    char bytes[5] = "12345";
    OVERLAPPED start = {0};
    WriteFile(one, bytes, 5, &done, NULL);
    LockFileEx(one, LOCKFILE_EXCLUSIVE_LOCK, 0, 5, 0, &start);
    BOOL locked = LockFileEx(two, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 5, 0, &start);
    printf("lock %lu ", locked ? 0 : GetLastError());
    printf("read %lu ", ReadFile(two, bytes, 5, &done, NULL) ? 0 : GetLastError());
    SetFilePointer(two, 0, NULL, FILE_BEGIN);
    printf("write %lu\n", WriteFile(two, bytes, 5, &done, NULL) ? 0 : GetLastError());
}
END
x86_64-w64-mingw32-gcc -o "$folder/lock.exe" "$folder/lock.c"
cd "$folder"
seen=$(wine lock.exe | tr -d '\r')

wine --version 2>/dev/null
echo "another handle of a file that is locked: $seen   expected lock 33 read 33 write 33"
# Seen with wine-8.0: lock 33 read 0 write 0
[ "$seen" = 'lock 33 read 0 write 0' ]
