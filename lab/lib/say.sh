# shellcheck shell=bash
# What the lab says: one line for a step, one line for a failure; all on stderr, so that stdout is the answer.

say() {
  printf 'lab: %s\n' "$*" >&2
}

die() {
  say "$*"
  exit 1
}

require_root() {
  [[ $EUID -eq 0 ]] || die 'containers need root: run the lab as root'
}
