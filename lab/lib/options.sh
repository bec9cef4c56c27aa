# shellcheck shell=bash
# The command line: sets DIR (the lab's directory), IN_MEMORY (whether it is kept in memory), CACHE (unpacked
# packages) and WORDS (everything else).

DEFAULT_DIR=/run/tctr-lab
# containerd's longest socket name below DIR is 21/containerd.sock.ttrpc, and a unix socket's path ends at 107 bytes.
LONGEST_DIR=80

parse_options() {
  DIR=$DEFAULT_DIR
  # shellcheck disable=SC2034
  IN_MEMORY=
  WORDS=()
  while (($#)); do
    case $1 in
      --dir) DIR=${2:?--dir needs a directory} && shift 2 ;;
      --dir=*) DIR=${1#--dir=} && shift ;;
      --in-memory) IN_MEMORY=yes && shift ;;
      -*) die "no such option: $1" ;;
      *) WORDS+=("$1") && shift ;;
    esac
  done
  DIR=$(readlink -m "$DIR")
  check_directory
  # shellcheck disable=SC2034
  CACHE=$(readlink -m "${TCTR_LAB_CACHE:-/var/cache/tctr-lab}")
}

check_directory() {
  [[ $DIR =~ ^(/[A-Za-z0-9._-]+)+$ ]] || die "not a plain directory name: $DIR"
  ((${#DIR} <= LONGEST_DIR)) || die "too long for the unix sockets below it (at most $LONGEST_DIR bytes): $DIR"
}

# Prints the parts that WORDS name, with what they need, in the order in which they start.
wanted_parts() {
  local word words=" ${WORDS[*]:-16 17 21 registry} "
  for word in $words; do
    [[ $word =~ ^(16|17|21|registry|dockerd)$ ]] || die "no such part of the lab: $word"
  done
  [[ $words != *' dockerd '* ]] || words+='17 registry '
  for word in registry 16 17 21 dockerd; do
    [[ $words != *" $word "* ]] || echo "$word"
  done
}
