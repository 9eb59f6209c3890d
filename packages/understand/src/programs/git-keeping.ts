import { isSafeSetting } from './git-words.ts';
import {
  attached,
  flags,
  harmless,
  listed,
  named,
  type Options,
  options,
  type Program,
  type Programs,
  RISK_DESTROYS,
  tree,
  values,
} from './program.ts';

const LOOKS: Partial<Program> = { effects: ['COMPUTE', 'READ_REPO'] };
const KEEPS: Partial<Program> = { effects: ['WRITE_PATCH'], reversibility: 'reversible' };
const LOSES: Partial<Program> = {
  effects: ['DELETE', 'REWRITE_HISTORY'],
  reversibility: 'irreversible',
  risk_min: RISK_DESTROYS,
};
const TALK: Options = {
  ...options('--[no-]quiet --[no-]verbose --[no-]progress'),
  ...flags('-q -v -4 -6 --ipv4 --ipv6'),
};
const FORCED = {
  effects: ['REWRITE_HISTORY'],
  reversibility: 'irreversible',
  risk_min: RISK_DESTROYS,
} as const;
const isSecond = (at: number): boolean => at > 0;

/** Commands of git about what it keeps and how: settings, reflogs, other trees, what runs. */
export const GIT_KEEPING: Programs = {
  ...named(
    'config',
    listed(
      'text',
      {
        ...flags(
          '--global --system --local --worktree --bool --int --path --null -z --name-only --show-origin',
        ),
        ...flags('--show-scope --includes --no-includes --add --replace-all --unset --unset-all'),
        ...values('--type --default'),
        ...values('-f --file --blob', 'write'),
        ...flags('-e --edit --rename-section --remove-section', { effects: ['PERSIST'] }),
        ...flags('-l --list --get --get-all --get-regexp --get-urlmatch --get-color'),
      },
      {
        effects: ['READ_REPO', 'READ_CONFIG', 'WRITE_PATCH'],
        special: (setting, at, count) =>
          at === 0 && count > 1 && !isSafeSetting(setting) ? { use: 'text', effects: ['PERSIST'] } : null,
        modes: [
          {
            names: ['-l', '--list', '--get', '--get-all', '--get-regexp', '--get-urlmatch', '--get-color'],
            program: harmless('text', {
              effects: ['READ_REPO', 'READ_CONFIG'],
              options: { ...values('-f --file --blob', 'read'), ...values('--type --default') },
            }),
          },
        ],
      },
    ),
  ),
  ...tree('bisect', {
    ...named('start good bad new old skip log visualize view terms next', harmless('text', KEEPS)),
    ...named(
      'run',
      listed(
        'text',
        {},
        { effects: ['EXECUTE_CODE'], style: 'first', operands: (at) => (at === 0 ? 'command' : 'text') },
      ),
    ),
    ...named('replay', harmless('read', KEEPS)),
  }),
  ...tree(
    'reflog',
    {
      '': harmless('object', LOOKS),
      ...named('show exists list', harmless('object', LOOKS)),
      ...named('expire delete', harmless('text', LOSES)),
      ...named('HEAD', harmless('object', LOOKS)),
    },
    { ...flags('-# --oneline --all --no-abbrev'), ...values('-n --date --format') },
  ),
  ...tree('worktree', {
    ...named('list', harmless('text', LOOKS)),
    ...named('lock unlock prune repair', harmless('text', KEEPS)),
    ...named(
      'add',
      listed(
        'text',
        {
          ...flags('-d -f -q --detach --force --checkout --no-checkout --lock --track --no-track'),
          ...values('-b -B --reason'),
        },
        {
          ...KEEPS,
          effects: ['WRITE_PATCH', 'RUN_WORKSPACE_CODE'],
          operands: (at) => (isSecond(at) ? 'text' : 'make'),
        },
      ),
    ),
    ...named('move', harmless('move', KEEPS)),
    // Without force it refuses to remove what was changed there.
    ...named(
      'remove',
      listed('list', flags('-f --force'), {
        effects: ['WRITE_PATCH', 'DELETE'],
        modes: [{ names: ['-f', '--force'], program: listed('tree', flags('-f --force')) }],
      }),
    ),
  }),
  ...named(
    'gc',
    listed(
      'text',
      {
        ...TALK,
        ...flags('--auto --aggressive --no-prune --keep-largest-pack --force'),
        ...attached('--prune', 'text', LOSES),
      },
      KEEPS,
    ),
  ),
  ...named(
    'prune prune-packed',
    harmless('text', { ...LOSES, modes: [{ names: ['-n', '--dry-run'], program: harmless('text', LOOKS) }] }),
  ),
  ...named(
    'filter-branch filter-repo',
    harmless('program', { ...LOSES, effects: ['EXECUTE_CODE', 'DELETE', 'REWRITE_HISTORY'] }),
  ),
  ...named(
    'update-ref symbolic-ref replace',
    harmless('branch', {
      effects: ['WRITE_PATCH', 'REWRITE_HISTORY'],
      options: flags('-d --delete', FORCED),
    }),
  ),
  ...named(
    'difftool mergetool',
    listed(
      'object',
      {
        ...flags('-y -g --no-prompt --gui --dir-diff'),
        ...values('-x --extcmd', 'shell'),
        ...values('-t --tool'),
      },
      { effects: ['READ_REPO', 'EXECUTE_CODE'] },
    ),
  ),
};
