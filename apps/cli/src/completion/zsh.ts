import { quoted, type Typed, type Word } from './words.ts';

/** `_describe` takes the text behind the first colon for what a word is about. */
const described = (words: readonly Word[]): string =>
  words.map(({ word, about }) => quoted(`${word}:${about}`)).join(' ');

/** Where a word is no option, the names of files are offered. */
export function zshCompletion({ firsts, seconds, commands }: Typed): string {
  const groups = [...seconds].map(
    ([first, words]) => `      (${quoted(first)}) found=(${described(words)}) ;;`,
  );
  const of = (two: boolean): string =>
    commands
      .filter(({ name }) => name.includes(' ') === two)
      .map(({ name, options }) => `      (${quoted(name)}) found=(${described(options)}) ;;`)
      .join('\n');
  return `#compdef writ
# Completion of writ for zsh: writ completion zsh > "\${fpath[1]}/_writ"
_writ() {
  local -a found
  if (( \${words[(I)--]} > 0 && \${words[(I)--]} < CURRENT )); then _files; return; fi
  if (( CURRENT == 2 )) || { (( CURRENT == 3 )) && [[ $words[2] == help ]] }; then
    found=(${described(firsts)})
  elif (( CURRENT == 3 )) && [[ $words[CURRENT] != -* ]]; then
    case $words[2] in
${groups.join('\n')}
    esac
  elif [[ $words[CURRENT] == -* ]]; then
    case "$words[2] $words[3]" in
${of(true)}
    esac
    (( $#found )) || case $words[2] in
${of(false)}
    esac
  fi
  if (( $#found )); then _describe writ found; else _files; fi
}
if [[ $funcstack[1] == _writ ]]; then _writ "$@"; else compdef _writ writ; fi
`;
}
