#!/usr/bin/env bash
# git 2.47.3, in a clone made with --single-branch, as graders and CI services make them: `git push -u origin work` says "branch 'work' set up
# to track 'origin/work'". One expects what it does in any other clone: origin/work is there, and `git status` compares with it. But the
# clone's refspec has one branch only, so no origin/work is stored: `git rev-parse @{u}` fails, and `git status` says nothing of a remote,
# however often one pushes. A tool that asks whether the work is pushed hears "never". `git remote set-branches --add origin work` and
# another push cure it.
#
# Needs git. Works in a folder of its own, with a bare repository beside it. Fails if what happens is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
git init -q -b main first
git -C first commit -q --allow-empty -m first
git clone -q --bare first remote.git
# push CLONE: what git says of a new branch that is pushed from it, of its upstream, and of the two compared
push() {
  git -C "$1" switch -q -c "$1"
  git -C "$1" commit -q --allow-empty -m second
  git -C "$1" push -u origin "$1" 2>/dev/null
  git -C "$1" rev-parse --abbrev-ref '@{u}' 2>&1 || true
  git -C "$1" status -sb
}
git clone -q "file://$folder/remote.git" whole
git clone -q --single-branch "file://$folder/remote.git" single
whole=$(push whole)
single=$(push single)
git -C single remote set-branches --add origin single
git -C single push -q
cured=$(git -C single status -sb)

git --version
printf '%s\n' "--- a whole clone, as one expects" "$whole" "--- a clone of a single branch" "$single" "--- cured" "$cured"
# Seen: in the single one "set up to track", then "fatal: upstream branch 'refs/heads/single' not stored as a remote-tracking branch", then "## single"
grep -q "set up to track 'origin/whole'" <<<"$whole"
grep -qx '## whole...origin/whole' <<<"$whole"
grep -q "set up to track 'origin/single'" <<<"$single"
grep -q 'not stored as a remote-tracking branch' <<<"$single"
grep -qx '## single' <<<"$single"
[ "$cured" = '## single...origin/single' ]
