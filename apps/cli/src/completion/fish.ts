import { quoted, type Typed } from './words.ts';

/** fish offers the names of files by itself. */
export function fishCompletion({ firsts, seconds, commands }: Typed): string {
  const lines = [
    ...firsts.map(
      ({ word, about }) => `complete -c writ -f -n '__writ_at' -a ${quoted(word)} -d ${quoted(about)}`,
    ),
    ...firsts.map(({ word }) => `complete -c writ -f -n '__writ_at help' -a ${quoted(word)}`),
    ...[...seconds].flatMap(([first, words]) =>
      words.map(
        ({ word, about }) =>
          `complete -c writ -f -n '__writ_at ${first}' -a ${quoted(word)} -d ${quoted(about)}`,
      ),
    ),
    ...commands.flatMap(({ name, options }) =>
      options.map(({ word, about, takesValue }) => {
        const value = takesValue ? ' -r' : '';
        return `complete -c writ -n '__writ_in ${name}' -l ${word.slice(2)}${value} -d ${quoted(about)}`;
      }),
    ),
  ];
  return `# Completion of writ for fish: writ completion fish | source
function __writ_at
    set -l words (commandline -opc)
    test (count $words) -eq (math (count $argv) + 1); or return 1
    test (count $argv) -eq 0; or test "$words[2]" = "$argv[1]"
end
function __writ_in
    set -l words (commandline -opc)
    contains -- -- $words; and return 1
    test "$words[2]" = "$argv[1]"; or return 1
    test (count $argv) -eq 1; or test "$words[3]" = "$argv[2]"
end
${lines.join('\n')}
`;
}
