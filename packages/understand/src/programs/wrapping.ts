import {
  attached,
  flags,
  listed,
  named,
  type Options,
  type Program,
  type Programs,
  values,
} from './program.ts';

const FIRST: Partial<Program> = { style: 'first', effects: ['COMPUTE'] };

/** Its options, then a command. */
function before(names: string, options: Options, change: Partial<Program> = {}): Programs {
  return named(names, listed('command', options, { ...FIRST, ...change }));
}

/** Behind so many words of its own, a command. */
function behind(names: string, count: number, options: Options, change: Partial<Program> = {}): Programs {
  return before(names, options, { operands: (at) => (at < count ? 'text' : 'command'), ...change });
}

const RAISED: Partial<Program> = { effects: ['ESCALATE_PRIVILEGE'] };
const ASSIGNED = /^[A-Za-z_][A-Za-z0-9_]*=/;

const SHELL: Program = listed(
  'script',
  {
    ...flags(
      '-a -b -c -e -f -h -k -l -m -n -u -v -x -B -C -E -H -P -T -p -r --login --noprofile --norc --posix',
    ),
    ...flags('--restricted --verbose'),
    ...flags('-i -s'),
    ...values('-o -O +O'),
    ...values('--rcfile --init-file', 'script'),
  },
  {
    style: 'first',
    effects: ['COMPUTE'],
    input: 'shell',
    operands: (at, _count, given) =>
      at > 0 ? 'text' : given.has('-c') ? 'shell' : given.has('-s') ? 'text' : 'script',
  },
);

/** Programs whose words say which other program runs. */
export const WRAPPING: Programs = {
  ...named('sh bash dash zsh ksh ash rbash mksh', SHELL),
  ...before('nohup setsid', flags('-c -f -w --ctty --fork --wait')),
  ...before('nice', { ...flags('-#'), ...values('-n --adjustment') }),
  ...before('ionice', { ...flags('-t --ignore'), ...values('-c -n --class --classdata') }),
  ...before('chrt', flags('-b -f -i -o -r -R -a -v')),
  ...before('stdbuf', values('-i -o -e --input --output --error')),
  ...behind('timeout', 1, {
    ...flags('-f -p -v --foreground --preserve-status --verbose'),
    ...values('-k -s --kill-after --signal'),
  }),
  ...before('time', {
    ...flags('-p -v -a -q --append --portability --quiet --verbose'),
    ...values('-f --format'),
    ...values('-o --output', 'write'),
  }),
  ...before('caffeinate', { ...flags('-d -i -m -s -u'), ...values('-t -w') }),
  ...before(
    'env',
    {
      ...flags('-i -0 - -v --ignore-environment --null --debug'),
      ...values('-u --unset'),
      ...values('-C --chdir', 'program'),
      ...values('-S --split-string', 'line'),
    },
    {
      effects: ['COMPUTE'],
      // The environment is where programs are given their keys.
      alone: ['READ_CONFIG', 'READ_SECRETS'],
      special: (operand) => (ASSIGNED.test(operand) ? { use: 'text', effects: [] } : null),
    },
  ),
  ...before(
    'sudo',
    {
      ...flags(
        `-A -b -E -H -K -k -l -n -P -S -v -V --askpass --background
          --preserve-env --set-home --non-interactive`,
      ),
      ...flags('-i -s --login --shell', { use: 'program' }),
      ...flags('--stdin --validate --list --reset-timestamp --remove-timestamp'),
      ...attached('--preserve-env'),
      ...values(
        '-u -g -p -C -h -r -t -U --user --group --prompt --host --close-from --role --type --other-user',
      ),
    },
    { ...RAISED, special: (operand) => (ASSIGNED.test(operand) ? { use: 'text', effects: [] } : null) },
  ),
  ...before('doas', { ...flags('-n -s -L'), ...values('-u -C') }, RAISED),
  ...named(
    'su',
    listed(
      'text',
      {
        ...flags('- -l -m -p -P --login --preserve-environment --pty'),
        ...values('-c --command --session-command', 'shell'),
        ...values('-s --shell -g -G -w'),
      },
      RAISED,
    ),
  ),
  ...before(
    'xargs',
    {
      ...flags(`-0 -o -p -r -t -x --null --no-run-if-empty --interactive --verbose --exit --open-tty`),
      ...values(
        `-d -E -I -L -n -P -s --delimiter --max-args --max-lines --max-procs
          --max-chars --replace --arg-file`,
      ),
      ...values('-a', 'read'),
      ...attached('-e -i -l --replace --eof'),
    },
    { input: 'command' },
  ),
  ...behind('flock', 1, {
    ...flags(`-e -n -o -s -u -x -F --nonblock --exclusive --shared --unlock --close --no-fork --verbose`),
    ...values('-w -E --timeout --wait --conflict-exit-code'),
    ...values('-c --command', 'shell'),
  }),
  ...named(
    'watch',
    listed(
      'line',
      {
        ...flags(
          `-b -c -d -e -g -p -t -w -x --beep --color --differences --errexit --chgexit --no-title
            --precise`,
        ),
        ...values('-n -q --interval --equexit'),
      },
      { style: 'first' },
    ),
  ),
  ...before(
    'strace ltrace',
    {
      ...flags('-c -C -d -f -F -h -i -q -r -t -T -v -V -x -y'),
      ...values('-a -e -E -I -P -s -S -u -X -b'),
      ...values('-o --output', 'write'),
    },
    { effects: ['CAPTURE'] },
  ),
  ...before(
    'chroot',
    { ...values('--userspec --groups'), ...flags('--skip-chdir') },
    {
      ...RAISED,
      operands: (at) => (at === 0 ? 'list' : 'command'),
    },
  ),
  ...before(
    'unshare nsenter',
    {
      ...flags(
        `-a -C -F -G -i -m -n -p -r -S -T -u -U -c -f --all --fork
          --map-root-user --mount --net --pid --user`,
      ),
      ...flags('--ipc --uts --cgroup --map-current-user'),
      ...values('-t --target -w --wd -R --root'),
      ...attached('--mount-proc --kill-child'),
    },
    RAISED,
  ),
  ...before('busybox toybox', {}),
  ...named(
    'ssh',
    listed(
      'line',
      {
        ...flags('-4 -6 -A -a -C -f -G -g -K -k -M -N -n -q -s -T -t -V -v -X -x -Y -y'),
        ...values('-B -b -c -D -e -I -J -L -l -m -O -p -Q -R -S -W -w'),
        ...values('-i -E', 'list'),
        ...values('-F', 'program'),
        ...values('-o', 'program'),
      },
      { style: 'first', effects: ['NETWORK_CALL'], operands: (at) => (at === 0 ? 'host' : 'line') },
    ),
  ),
  ...named(
    'script',
    listed(
      'write',
      {
        ...flags('-a -e -f -q --append --return --flush --quiet'),
        ...values('-c --command', 'shell'),
        ...values('-O -I -B -T --log-out --log-in --log-io --log-timing', 'write'),
      },
      { effects: ['WRITE_PATCH'] },
    ),
  ),
};
