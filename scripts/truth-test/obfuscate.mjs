// Ways to write a command so that it still does the same, and reads as something else.

const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
const join = ([program, ...words]) => [program, ...words].join(' ');
const octal = (text) =>
  [...text].map((sign) => `\\${sign.charCodeAt(0).toString(8).padStart(3, '0')}`).join('');
const hex = (text) =>
  [...text].map((sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
const base64 = (text) => Buffer.from(text).toString('base64');

/** Each takes the words of a command, and gives a text that runs just that. */
export const OBFUSCATIONS = {
  'an empty pair of quotes': ([name, ...rest]) => join([`${name[0]}""${name.slice(1)}`, ...rest]),
  'an empty pair of single quotes': ([name, ...rest]) =>
    join([`${name.slice(0, -1)}''${name.slice(-1)}`, ...rest]),
  'quotes around each letter': ([name, ...rest]) =>
    join([[...name].map((sign) => `'${sign}'`).join(''), ...rest]),
  'a backslash before each letter': ([name, ...rest]) =>
    join([[...name].map((sign) => `\\${sign}`).join(''), ...rest]),
  'a line that goes on': ([name, ...rest]) => join([`${name[0]}\\\n${name.slice(1)}`, ...rest]),
  'hexadecimal quotes': (words) => words.map((one) => `$'${hex(one)}'`).join(' '),
  'octal quotes': (words) => words.map((one) => `$'${octal(one)}'`).join(' '),
  'a variable': ([name, ...rest]) => `c=${name}; ${join(['$c', ...rest])}`,
  'two halves in variables': ([name, ...rest]) =>
    `a=${name[0]} b=${name.slice(1)}; ${join(['$a$b', ...rest])}`,
  'all of it in a variable': (words) => `c='${join(words)}'; $c`,
  'a variable with a variable': ([name, ...rest]) => `n=${name}; m=n; ${join(['${!m}', ...rest])}`,
  'the rest of a longer name': ([name, ...rest]) => `c=xx${name}; ${join(['${c#xx}', ...rest])}`,
  'a cut from a longer name': ([name, ...rest]) =>
    `c=xx${name}; ${join([`\${c:2:${name.length}}`, ...rest])}`,
  'a name with a sign replaced': ([name, ...rest]) =>
    `c=${name[0]}@${name.slice(1)}; ${join(['${c/@/}', ...rest])}`,
  'IFS between the words': (words) => words.join('${IFS}'),
  'another IFS': (words) => `IFS=,; c=${words.join(',')}; $c`,
  'a list in braces': (words) => `{${words.join(',')}}`,
  'a substitution': ([name, ...rest]) => join([`$(echo ${name})`, ...rest]),
  backquotes: ([name, ...rest]) => join([`\`echo ${name}\``, ...rest]),
  'printf in a substitution': ([name, ...rest]) => join([`$(printf '${octal(name)}')`, ...rest]),
  'printf of two halves': ([name, ...rest]) =>
    join([`$(printf '%s%s' ${name[0]} ${name.slice(1)})`, ...rest]),
  eval: (words) => `eval ${quote(join(words))}`,
  'eval of pieces': ([name, ...rest]) => `eval ${name[0]}'${name.slice(1)}' ${rest.map(quote).join(' ')}`,
  'a shell': (words) => `sh -c ${quote(join(words))}`,
  'two shells': (words) => `bash -c ${quote(`sh -c ${quote(join(words))}`)}`,
  'a shell with its words': ([name, ...rest]) => `sh -c '"$@"' _ ${join([name, ...rest])}`,
  'a pipe into a shell': (words) => `echo ${quote(join(words))} | sh`,
  'a here-document': (words) => `bash <<'X'\n${join(words)}\nX`,
  'a here-string': (words) => `bash <<< ${quote(join(words))}`,
  base64: (words) => `echo ${base64(join(words))} | base64 -d | sh`,
  'base64 in a substitution': (words) => `eval "$(echo ${base64(join(words))} | base64 -d)"`,
  'turned round': (words) => `echo ${quote(Array.from(join(words)).reverse().join(''))} | rev | bash`,
  'a function': (words) => `f() { ${join(words)}; }; f`,
  'a function with its words': ([name, ...rest]) => `f() { ${name} "$@"; }; f ${rest.join(' ')}`,
  'a trap': (words) => `trap ${quote(join(words))} EXIT`,
  'a subshell in the background': (words) => `( ${join(words)} ) & wait`,
  'the other branch': (words) => `if ! true; then :; else ${join(words)}; fi`,
  'a loop over the name': ([name, ...rest]) => `for c in ${name}; do ${join(['$c', ...rest])}; done`,
  'what is read': ([name, ...rest]) => `read c <<< ${name}; ${join(['$c', ...rest])}`,
  'a list': (words) => `a=(${join(words)}); "\${a[@]}"`,
  positionals: (words) => `set -- ${join(words)}; "$@"`,
  env: (words) => `env X=1 ${join(words)}`,
  'env that splits': (words) => `env -S ${quote(join(words))}`,
  'three wrappers': (words) => `nohup nice -n 5 timeout 3 ${join(words)}`,
  command: (words) => `command ${join(words)}`,
  exec: (words) => `exec ${join(words)}`,
  xargs: ([name, ...rest]) => `echo ${rest.at(-1)} | xargs ${join([name, ...rest.slice(0, -1)])}`,
  'xargs with a place': ([name, ...rest]) =>
    `echo ${rest.at(-1)} | xargs -I% ${join([name, ...rest.slice(0, -1), '%'])}`,
  'a file that is written and run': (words) => `echo ${quote(join(words))} > f; sh f`,
  'a file that the shell reads': (words) => `echo ${quote(join(words))} > f; . ./f`,
  'printf -v': ([name, ...rest]) => `printf -v c %s ${name}; ${join(['$c', ...rest])}`,
  'a process of a substitution': (words) => `bash <(echo ${quote(join(words))})`,
  'its full path': ([name, ...rest]) => join([`/bin/${name}`, ...rest]),
  'a path with a pattern': ([name, ...rest]) =>
    join([`/bin/${name.slice(0, -1)}[${name.slice(-1)}]`, ...rest]),
};
