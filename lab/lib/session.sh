# shellcheck shell=bash
# lab run: a lab for the time of one command. Without --dir it has a directory of its own, so it never touches a lab
# that somebody else uses.

lab_run() {
  local arguments=()
  while (($#)) && [[ $1 != -- ]]; do arguments+=("$1") && shift; done
  (($# > 1)) || die 'usage: lab run [up-args] -- CMD…'
  shift
  require_root
  [[ " ${arguments[*]-} " == *' --dir'* ]] || arguments+=(--dir "$DEFAULT_DIR-$$")
  parse_options "${arguments[@]}"
  trap end_session EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  # In a subshell: the lock on the cache ends with it, and a failure still comes by the trap.
  (lab_up)
  run_command "$@"
}

end_session() {
  local status=$?
  trap '' INT TERM HUP
  (lab_down) || status=1
  trap - EXIT
  exit "$status"
}

# CMD runs in the background, as only wait lets a trap run at once, but with the terminal and its signals.
run_command() { # CMD...
  local status=0 child
  # shellcheck source=/dev/null
  source "$DIR/env"
  env --default-signal=INT,QUIT "$@" <&0 &
  child=$!
  # At a terminal Ctrl-C reaches CMD by itself.
  trap '[[ -t 0 ]] || kill -INT "$child" 2>/dev/null' INT
  trap 'kill -TERM "$child" 2>/dev/null' TERM HUP
  # Bash would tell of a CMD that a signal ended.
  { wait "$child"; } 2>/dev/null || status=$?
  while kill -0 "$child" 2>/dev/null; do { wait "$child"; } 2>/dev/null || status=$?; done
  exit "$status"
}
