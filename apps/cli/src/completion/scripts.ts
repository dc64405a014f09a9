// The scripts that make a shell ask this command what can stand at the cursor.
import { shellWord } from '../terminal/shell-word.js';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** Every name under which the command is installed. */
const names = ['deploy', 'wherry'] as const;

/**
 * `program`: what runs this command. The script calls that and no other program of the name it completes: where somebody
 * else's `deploy` comes first on the path, the tab key must not start it.
 */
export function completionScript(shell: Shell, program: readonly string[]): string {
  const quote = shell === 'fish' ? quotedForFish : shellWord;
  return scripts[shell](program.map(quote).join(' '), names.join(' '));
}

function quotedForFish(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}

/**
 * The answer is a line `KIND<tab>PREFIX`, KIND being none, files or folders, and a line `VALUE<tab>ABOUT` for each
 * candidate.
 */
const scripts: { readonly [S in Shell]: (program: string, names: string) => string } = {
  // For bash 3.2 as well, which macOS has: no compopt, no negative index, no mapfile.
  bash: (program, commands) => `# Completion for bash of ${commands}, as \`deploy completion bash\` prints it.
_wherry_add() {
  COMPREPLY[\${#COMPREPLY[@]}]=$1
}
_wherry_options() {
  type compopt >/dev/null 2>&1 && compopt "$@"
}
_wherry_complete() {
  local rest=\${COMP_LINE:0:COMP_POINT} line value head current word kind='' i at=-1
  local -a words
  COMPREPLY=()
  # Readline parts words at = and :, which belong to values here: what no space parts is one word.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $at == -1 || $rest == [[:space:]]* ]]; then
      at=$((at + 1))
      rest=\${rest#"\${rest%%[![:space:]]*}"}
      words[at]=
    fi
    # Of the last word what stands before the cursor.
    [[ $rest == "$word"* ]] || word=$rest
    words[at]=\${words[at]}$word
    rest=\${rest#"$word"}
    current=$word
  done
  [[ $current == [:=] ]] && current=
  head=\${words[at]%"$current"}
  while IFS= read -r line; do
    if [[ -z $kind ]]; then
      kind=\${line%%$'\\t'*}
      continue
    fi
    value=\${line%%$'\\t'*}
    [[ $value == *[=:] ]] && _wherry_options -o nospace
    _wherry_add "\${value#"$head"}"
  done < <(${program} completion bash -- "\${words[@]:1}" 2>/dev/null)
  # Without candidates readline completes names of files itself, quotes and spaces included.
  case $kind in
    files) [[ \${#COMPREPLY[@]} -gt 0 ]] || return 0 ;;
    folders) _wherry_options +o default -o dirnames && return 0 ;;
    *)
      _wherry_options +o default
      return 0
      ;;
  esac
  while IFS= read -r line; do
    [[ -d $line ]] && line=$line/ && _wherry_options -o nospace
    [[ $line == *[!A-Za-z0-9_./:=-]* ]] && printf -v line %q "$line"
    _wherry_add "$line"
  done < <([[ -n $current ]] && compgen -f -- "$current")
}
complete -o default -F _wherry_complete ${commands}`,

  zsh: (program, commands) => `#compdef ${commands}
# Completion for zsh of ${commands}, as \`deploy completion zsh\` prints it.
_wherry() {
  local line value about kind prefix
  local -a lines closed open shown_closed shown_open
  lines=("\${(@f)$(${program} completion zsh -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
  kind=\${lines[1]%%$'\\t'*}
  prefix=\${lines[1]#*$'\\t'}
  for line in "\${(@)lines[2,-1]}"; do
    value=\${line%%$'\\t'*}
    about=\${line#*$'\\t'}
    [[ -n $about ]] && about="$value  -- $about" || about=$value
    if [[ $value == *[=:] ]]; then
      open+=("$value")
      shown_open+=("$about")
    else
      closed+=("$value")
      shown_closed+=("$about")
    fi
  done
  local found=1
  (( $#closed )) && compadd -l -d shown_closed -a -- closed && found=0
  (( $#open )) && compadd -l -S '' -d shown_open -a -- open && found=0
  [[ $kind == none ]] && return found
  compset -P "\${(b)prefix}"
  if [[ $kind == folders ]]; then _files -/; else _files; fi && found=0
  return found
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _wherry ${commands}`,

  fish: (program, commands) => `# Completion for fish of ${commands}, as \`deploy completion fish\` prints it.
function __wherry_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines (${program} completion fish -- $words[2..-1] "$current" 2>/dev/null)
    set -l head (string split \\t -- $lines[1])
    for line in $lines[2..-1]
        echo $line
    end
    set -l path (string sub -s (math 1 + (string length -- "$head[2]")) -- "$current")
    switch "$head[1]"
        case files
            for each in (__fish_complete_path "$path")
                echo "$head[2]$each"
            end
        case folders
            for each in (__fish_complete_directories "$path")
                echo "$head[2]$each"
            end
    end
end
for each in ${commands}
    complete -c $each -f -a '(__wherry_complete)'
end`,
};
