# shellcheck shell=bash
# The lab's processes. They are found by what they are (an executable of CACHE with an argument below DIR), not by a
# pid file, so that a lab that was killed half-way is found too and a stranger's process never is.

PATH_BASE=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# Starts a daemon in a session of its own (Ctrl-C at the lab's terminal is not for it), with default signal handling
# (containers inherit what is ignored) and a clean environment.
launch() { # LOG PACKAGE_PATH COMMAND...
  local log=$1 path=$2
  shift 2
  setsid env -i --default-signal PATH="$path:$PATH_BASE" HOME=/root "$@" >>"$log" 2>&1 </dev/null 9>&- &
}

# Prints the pids of the lab's processes whose executable is called NAME (any name, if none is given).
lab_processes() { # [NAME]
  local pid exe pattern="$CACHE/packages/*/${1:-*}"
  while IFS=/ read -r _ _ pid _; do
    exe=$(readlink "/proc/$pid/exe" 2>/dev/null) || continue
    # shellcheck disable=SC2053
    [[ ${exe% (deleted)} != $pattern ]] || echo "$pid"
  done < <(grep -lszE -- "^$DIR/" /proc/[0-9]*/cmdline || true)
}

# Prints the pid of the process NAME that was started with ARGUMENT.
process_with() { # NAME ARGUMENT
  local pid
  for pid in $(lab_processes "$1"); do
    ! grep -qszxF -- "$2" "/proc/$pid/cmdline" || echo "$pid"
  done
}

# Waits until COMMAND succeeds; ends the lab's command when the daemon dies first or takes over 30 seconds.
await_ready() { # NAME PID LOG COMMAND...
  local name=$1 pid=$2 log=$3 tries
  shift 3
  for ((tries = 0; tries < 300; tries++)); do
    ! "$@" >/dev/null 2>&1 || return 0
    kill -0 "$pid" 2>/dev/null || die "$name ended: $(last_words "$log") (log: $log)"
    sleep 0.1
  done
  die "$name did not answer within 30 seconds: $(last_words "$log") (log: $log)"
}

last_words() { # LOG
  local line
  line=$(grep -aE 'level=(error|fatal)|^(containerd|panic|failed|Error)' "$1" | tail -n 1)
  [[ -n $line ]] || line=$(tail -n 1 "$1")
  echo "${line:-it wrote nothing}"
}

# Asks the processes to end, and insists after SECONDS.
stop_processes() { # SECONDS PID...
  local deadline=$((SECONDS + $1)) pid
  shift
  (($#)) || return 0
  kill -TERM "$@" 2>/dev/null || true
  for pid in "$@"; do
    while alive "$pid" && ((SECONDS < deadline)); do sleep 0.05; done
    ! alive "$pid" || kill -KILL "$pid" 2>/dev/null || true
  done
  await_end "$@"
}

await_end() { # PID...
  local pid tries
  for pid in "$@"; do
    for ((tries = 0; tries < 100; tries++)); do
      alive "$pid" || break
      sleep 0.05
    done
  done
}

# A zombie has ended: only its parent, which may be gone slow, has not looked yet.
alive() { # PID
  local state
  state=$(sed -nE 's/^State:\s+(\S).*/\1/p' "/proc/$1/status" 2>/dev/null) || return 1
  [[ -n $state && $state != Z ]]
}
