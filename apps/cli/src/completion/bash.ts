import { quoted, type Typed, type Word } from './words.ts';

const list = (words: readonly Word[]): string => quoted(words.map(({ word }) => word).join(' '));

/** Where a word is no option, the names of files are offered. */
export function bashCompletion({ firsts, seconds, commands }: Typed): string {
  const groups = [...seconds].map(([first, words]) => `      ${quoted(first)}) words=${list(words)} ;;`);
  const of = (two: boolean): string =>
    commands
      .filter(({ name }) => name.includes(' ') === two)
      .map(({ name, options }) => `      ${quoted(name)}) words=${list(options)} ;;`)
      .join('\n');
  return `# Completion of writ for bash: eval "$(writ completion bash)"
_writ() {
  local cur=\${COMP_WORDS[COMP_CWORD]} first=\${COMP_WORDS[1]:-} second=\${COMP_WORDS[2]:-} words='' at
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    if [[ \${COMP_WORDS[at]} == -- ]]; then return; fi
  done
  if ((COMP_CWORD == 1)) || { ((COMP_CWORD == 2)) && [[ $first == help ]]; }; then
    words=${list(firsts)}
  elif ((COMP_CWORD == 2)) && [[ $cur != -* ]]; then
    case $first in
${groups.join('\n')}
    esac
  elif [[ $cur == -* ]]; then
    case "$first $second" in
${of(true)}
    esac
    [[ -n $words ]] || case $first in
${of(false)}
    esac
  fi
  [[ -z $words ]] || COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _writ writ
`;
}
