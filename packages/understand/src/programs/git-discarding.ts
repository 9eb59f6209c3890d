import { FROM_FILE, KEEPS, KEEPS_AND_RUNS, LOOKS, LOSES, LOSING, SIGNING, TALK } from './git-meanings.ts';
import {
  attached,
  flags,
  harmless,
  listed,
  named,
  type Options,
  options,
  type Programs,
  tree,
  values,
} from './program.ts';

const GOES: Options = {
  ...TALK,
  ...flags('-b -l -t -d -m -2 -3 -c --create --ours --theirs --orphan'),
  ...options(
    `--[no-]guess --[no-]detach --[no-]merge --[no-]overwrite-ignore --[no-]overlay
      --[no-]ignore-other-worktrees --[no-]recurse-submodules`,
  ),
  ...attached('--track --conflict'),
};
const CHECKOUT: Options = {
  ...GOES,
  ...FROM_FILE,
  ...flags('-p --patch'),
  ...flags('-f --force', { use: 'discard', ...LOSING }),
  ...flags('-B', { effects: ['REWRITE_HISTORY'] }),
};
const SWITCH: Options = {
  ...GOES,
  ...flags('-f --force --discard-changes', { use: 'discard', ...LOSING }),
  ...flags('-C --force-create', { effects: ['REWRITE_HISTORY'] }),
};
const RESTORE: Options = {
  ...TALK,
  ...FROM_FILE,
  ...flags('-S -W -p -m -2 -3 --staged --worktree --patch --ours --theirs --ignore-unmerged --merge'),
  ...options('--[no-]overlay --[no-]recurse-submodules'),
  ...values('-s --source --conflict'),
};
const RESET: Options = {
  ...TALK,
  ...FROM_FILE,
  ...flags('-N -p --mixed --soft --patch --intent-to-add --refresh --no-refresh'),
  ...flags('--hard --merge --keep'),
};
const CLEAN: Options = {
  ...TALK,
  ...flags('-d -f -x -X -i -n --force --dry-run --interactive'),
  ...values('-e --exclude'),
};
const STASHED: Options = {
  ...TALK,
  ...FROM_FILE,
  ...flags(
    '-k -p -u -a -S -N --keep-index --no-keep-index --patch --include-untracked --all --staged --index',
  ),
  ...values('-m --message'),
};
const BRANCH: Options = {
  ...TALK,
  ...flags(`-r -a -l -d -m -c -i --list --show-current --delete --move --copy --all --remotes
    --ignore-case`),
  ...flags('-vv --unset-upstream --create-reflog --edit-description'),
  ...flags('-D -M -C -f --force'),
  ...values('-u --set-upstream-to --sort --points-at --format'),
  ...attached('-t --track --contains --no-contains --merged --no-merged --color --column --abbrev'),
  ...flags('--no-track --no-color --no-column'),
};
const TAG: Options = {
  ...SIGNING,
  ...flags('-a -s -l -v -f -i -e --annotate --sign --list --verify --force --ignore-case --no-sign'),
  ...flags('-d --delete'),
  ...values('-m -u --message --local-user --sort --points-at --format --cleanup'),
  ...values('-F --file', 'read'),
  ...attached('-n --contains --no-contains --merged --no-merged --color --column'),
};
/** Commands of git that may let go of work: what was changed, stashed, or stood on a branch. */
export const GIT_DISCARDING: Programs = {
  ...named(
    'checkout',
    listed('committish', CHECKOUT, {
      operands: (at) => (at === 0 ? 'committish' : 'discard'),
      ...KEEPS_AND_RUNS,
      modes: [
        {
          names: ['-b', '-B', '--orphan', '--track', '-t'],
          program: listed('text', CHECKOUT, KEEPS_AND_RUNS),
        },
        { names: ['--', '-p', '--patch', '--ours', '--theirs'], program: listed('discard', CHECKOUT) },
      ],
    }),
  ),
  ...named('switch', listed('branch', SWITCH, KEEPS_AND_RUNS)),
  ...named(
    'restore',
    listed('discard', RESTORE, {
      modes: [
        { names: ['-W', '--worktree'], program: listed('discard', RESTORE) },
        { names: ['-S', '--staged'], program: listed('list', RESTORE, KEEPS) },
      ],
    }),
  ),
  ...named(
    'reset',
    listed('text', RESET, {
      ...KEEPS,
      modes: [
        {
          names: ['--hard', '--merge', '--keep'],
          program: listed('text', RESET, { ...LOSES, effects: ['WRITE_PATCH', 'DELETE', 'REWRITE_HISTORY'] }),
        },
      ],
    }),
  ),
  ...named(
    'clean',
    listed('list', CLEAN, {
      ...LOSES,
      modes: [{ names: ['-n', '--dry-run'], program: listed('list', CLEAN, LOOKS) }],
    }),
  ),
  ...tree(
    'stash',
    {
      ...named("'' push save".replace("''", ' '), listed('list', STASHED, KEEPS)),
      '': listed('list', STASHED, KEEPS),
      ...named('list show', harmless('text', LOOKS)),
      ...named('apply pop branch store create', listed('text', STASHED, KEEPS)),
      ...named('drop clear', listed('text', TALK, LOSES)),
    },
    STASHED,
  ),
  ...named(
    'branch',
    listed('branch', BRANCH, {
      ...KEEPS,
      modes: [
        {
          names: ['-D', '-M', '-C', '-f', '--force'],
          program: listed('branch', BRANCH, { ...LOSES, effects: ['DELETE', 'REWRITE_HISTORY'] }),
        },
        {
          names: ['-d', '--delete'],
          program: listed('branch', BRANCH, { ...KEEPS, effects: ['WRITE_PATCH', 'DELETE'] }),
        },
        {
          names: ['-l', '--list', '-a', '-r', '--show-current', '--all', '--remotes'],
          program: listed('text', BRANCH, LOOKS),
        },
      ],
    }),
  ),
  ...named(
    'tag',
    listed('branch', TAG, {
      ...KEEPS,
      modes: [
        {
          names: ['-d', '--delete', '-f', '--force'],
          program: listed('branch', TAG, { ...LOSES, effects: ['DELETE', 'REWRITE_HISTORY'] }),
        },
        { names: ['-l', '--list'], program: listed('text', TAG, LOOKS) },
      ],
    }),
  ),
  ...named(
    'rm',
    listed(
      'discard',
      { ...TALK, ...FROM_FILE, ...flags('-f -r -n --force --cached --dry-run --ignore-unmatch --sparse') },
      {
        modes: [
          {
            names: ['--cached'],
            program: listed(
              'list',
              { ...TALK, ...flags('-f -r -n --force --cached --dry-run --ignore-unmatch') },
              KEEPS,
            ),
          },
        ],
      },
    ),
  ),
};
