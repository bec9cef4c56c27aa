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
  keep_logs
  (lab_down) || status=1
  trap - EXIT
  exit "$status"
}

# Down removes the daemons' logs; who wants to read them afterwards names a directory in TCTR_LAB_LOGS.
keep_logs() {
  local log
  [[ -n ${TCTR_LAB_LOGS:-} ]] || return 0
  mkdir -p "$TCTR_LAB_LOGS"
  for log in "$DIR"/*/log; do
    [[ ! -f $log ]] || cp -- "$log" "$TCTR_LAB_LOGS/$(basename "$(dirname "$log")").log"
  done
}

# CMD runs in the background, as only wait lets a trap run at once, but with the terminal and its signals.
run_command() { # CMD...
  local status child interrupted=yes
  # shellcheck source=/dev/null
  source "$DIR/env"
  env --default-signal=INT,QUIT "$@" <&0 &
  child=$!
  # At a terminal Ctrl-C reaches CMD by itself.
  trap 'interrupted=yes; [[ -t 0 ]] || kill -INT "$child" 2>/dev/null' INT
  trap 'interrupted=yes; kill -TERM "$child" 2>/dev/null' TERM HUP
  while [[ $interrupted ]]; do
    interrupted=
    status=0
    # Bash would tell of a CMD that a signal ended.
    { wait "$child"; } 2>/dev/null || status=$?
  done
  exit "$status"
}
