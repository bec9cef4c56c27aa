# shellcheck shell=bash
# What the tests hold tctr against besides containerd: skopeo, which reads archives, and the CNI plugins.

SKOPEO_LIBRARIES=(libgpgme11 libassuan0 libdevmapper1.02.1 libsubid4)

ensure_tools() {
  local library
  for library in "${SKOPEO_LIBRARIES[@]}"; do
    ensure_package "$library" "$library" - bookworm
  done
  LD_LIBRARY_PATH=$(skopeo_libraries) ensure_package skopeo skopeo usr/bin/skopeo bookworm
  ensure_package cni-plugins containernetworking-plugins usr/lib/cni/bridge bookworm
}

skopeo_libraries() {
  local library
  for library in "${SKOPEO_LIBRARIES[@]}"; do
    printf '%s:' "$(package_dir "$library")"/{usr/,}lib/*-linux-gnu*
  done
}

# A program that finds skopeo's libraries where they were unpacked.
write_tools() {
  mkdir -p "$DIR/bin"
  cat >"$DIR/bin/skopeo" <<SH
#!/bin/sh
LD_LIBRARY_PATH='$(skopeo_libraries)' exec '$(package_dir skopeo)/usr/bin/skopeo' "\$@"
SH
  chmod +x "$DIR/bin/skopeo"
}
