import { attached, flags, harmless, listed, named, type Programs, UNLISTED, values } from './program.ts';

/** Programs that look. An option of theirs that writes or runs something is named here, or is opaque. */
export const LOOKING: Programs = {
  ...named('echo true false sleep basename dirname pwd whoami', harmless('text')),
  ...named('cat', harmless('read')),
  ...named(
    'head tail',
    harmless('read', { options: { ...flags('-#'), ...values('-n -c --lines --bytes --pid') } }),
  ),
  // A list of files that is none is told line by line.
  ...named(
    'wc',
    listed('read', {
      ...flags('-c -l -L -m -w --bytes --chars --lines --max-line-length --words'),
      ...values('--files0-from', 'read'),
    }),
  ),
  ...named(
    'du',
    listed(
      'list',
      {
        ...flags(`-a -b -c -D -h -H -k -l -L -m -P -s -S -x --all --apparent-size --bytes
          --human-readable`),
        ...flags('--one-file-system --si --summarize --total'),
        ...values('-B -d --block-size --exclude --max-depth'),
        ...values('-X --exclude-from --files0-from', 'read'),
      },
      { effects: ['COMPUTE', 'READ_REPO'] },
    ),
  ),
  ...named('df ls stat', harmless('list', { effects: ['COMPUTE', 'READ_REPO'] })),
  ...named('file', listed('read', flags('-b --brief -i --mime --mime-type -L -h --dereference -0'))),
  ...named(
    'date',
    // A first operand without a plus sign sets the clock.
    listed(
      'unknown',
      {
        ...flags('-u -R --utc --universal --rfc-email --version'),
        ...values('-d --date --rfc-3339'),
        ...values('-s --set', 'text', { effects: ['CONTROL_SYSTEM'] }),
        ...attached('-I --iso-8601'),
        ...values('-r -f --reference --file', 'read'),
      },
      {
        special: (operand) => ({ use: 'text', effects: operand.startsWith('+') ? [] : ['CONTROL_SYSTEM'] }),
      },
    ),
  ),
  ...named(
    'grep egrep fgrep',
    listed(
      'read',
      {
        ...flags(`-r -R -i -n -l -L -v -w -x -c -o -q -s -h -H -E -F -G -P -a -I -z -Z -# --recursive
          --ignore-case --line-number --files-with-matches --files-without-match --invert-match --word-regexp
          --line-regexp --count --only-matching --quiet --silent --no-messages --no-filename --with-filename
          --extended-regexp --fixed-strings --perl-regexp --text --null -b -T -U -V -y
          --line-buffered --byte-offset
          --initial-tab --dereference-recursive --null-data --no-group-separator --no-ignore-case --version`),
        ...values('-e --regexp -A -B -C -m --after-context --before-context --context --max-count'),
        ...values(`--include --exclude --exclude-dir --binary-files -d -D --directories --devices --label
          --group-separator`),
        ...values('--exclude-from', 'read'),
        ...values('-f --file', 'read'),
        ...attached('--color --colour'),
      },
      {
        // Without a file a recursive search begins where it runs.
        effects: ['COMPUTE', 'READ_REPO'],
        operands: (at, _count, given) =>
          at === 0 && !PATTERNS.some((name) => given.has(name)) ? 'text' : 'read',
      },
    ),
  ),
  ...named(
    'sort',
    listed('read', {
      ...flags(`-b -d -f -g -i -M -h -n -R -r -V -c -C -m -s -u -z --ignore-leading-blanks --dictionary-order
        --ignore-case --general-numeric-sort --month-sort --human-numeric-sort --numeric-sort --random-sort
        --reverse --version-sort --check --merge --stable --unique --zero-terminated --debug`),
      ...values('-k -t -S --key --field-separator --buffer-size --sort --parallel --batch-size'),
      ...values('--files0-from --random-source', 'read'),
      ...values('-o --output', 'write'),
      ...values('--compress-program', 'shell'),
    }),
  ),
  ...named(
    'uniq',
    listed(
      'read',
      {
        ...flags('-c -d -D -i -u -z --count --repeated --ignore-case --unique --zero-terminated'),
        ...values('-f -s -w --skip-fields --skip-chars --check-chars'),
        ...attached('--all-repeated --group'),
      },
      // What stands second is written.
      { operands: (at) => (['read', 'write'] as const)[at] ?? 'unknown' },
    ),
  ),
  ...named(
    'find',
    listed(
      'list',
      {
        ...flags(`-H -L -P ! ( ) , -not -a -and -o -or -print -print0 -ls -prune -quit -empty -true
          -false -depth -noleaf -warn -nowarn -ignore_readdir_race --help --version -mount
          -xdev -readable -writable -executable -nouser -nogroup -daystart -follow`),
        ...values('-name -iname -path -ipath -wholename -iwholename -regex -iregex', 'sought'),
        ...values(`-regextype -type -xtype -size -perm
          -user -group -uid -gid -links -inum -maxdepth -mindepth -mtime -atime -ctime -mmin -amin
          -cmin -newermt -newerct -newerat -lname -ilname -fstype -used -printf`),
        ...values('-newer -anewer -cnewer -samefile', 'list'),
        ...flags('-delete', { use: 'clear' }),
        ...values('-fprint -fprint0 -fls', 'write'),
        ...flags('-exec -execdir -ok -okdir', { takes: 'clause', use: 'command' }),
      },
      {
        style: 'words',
        effects: ['COMPUTE', 'READ_REPO'],
        operands: (_at, _count, given) => (given.has('-delete') ? 'clear' : 'list'),
      },
    ),
  ),
};

/** With one of these the pattern stands behind an option, or may. */
const PATTERNS: readonly string[] = ['-e', '--regexp', '-f', '--file', UNLISTED];
