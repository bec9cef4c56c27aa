/** The shells that a script can be made for. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** A shell's script; it asks the program itself for the words. Undefined for a shell that is not known. */
export function completionScript(shell: string, program: string): string | undefined {
  const scripts: Readonly<Record<string, (program: string) => string>> = { bash, zsh, fish };
  return Object.hasOwn(scripts, shell) ? scripts[shell]?.(program) : undefined;
}

// References and digests have colons and at signs, at which bash splits words; the line is put together again.
const bash = (program: string): string => `# bash completion for ${program}
_${program}() {
  local line=\${COMP_LINE:0:COMP_POINT}
  local -a words
  read -r -a words <<<"$line"
  local current=
  if [[ $line != *[[:space:]] ]]; then
    current=\${words[-1]}
    unset 'words[-1]'
  fi
  local -a asked=("\${words[@]:1}")
  if [[ $current == -* ]]; then asked+=("$current"); fi
  local found
  found=$("\${words[0]:-${program}}" "\${asked[@]}" --generate-bash-completion 2>/dev/null) || return 0
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$found" -- "$current"))
  local head=\${current%"\${current##*[:=@]}"}
  COMPREPLY=("\${COMPREPLY[@]#"$head"}")
}
complete -o default -F _${program} ${program}
`;

const zsh = (program: string): string => `#compdef ${program}
# zsh completion for ${program}
_${program}() {
  local -a asked found
  local current=\${words[CURRENT]}
  asked=("\${(@)words[2,CURRENT-1]}")
  [[ $current == -* ]] && asked+=("$current")
  found=("\${(@f)$("\${words[1]}" "\${asked[@]}" --generate-bash-completion 2>/dev/null)}")
  found=("\${(@)found:#}")
  if (( \${#found} )); then compadd -- "\${found[@]}"; else _files; fi
}
if [[ \${funcstack[1]} == _${program} ]]; then _${program}; else compdef _${program} ${program}; fi
`;

const fish = (program: string): string => `# fish completion for ${program}
function __${program}_words
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  set -l asked $words[2..-1]
  if string match -q -- '-*' $current
    set asked $asked $current
  end
  $words[1] $asked --generate-bash-completion 2>/dev/null
end
complete -c ${program} -f -a '(__${program}_words)'
`;
