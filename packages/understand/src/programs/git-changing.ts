import {
  FROM_FILE,
  GOING,
  KEEPS,
  KEEPS_AND_RUNS,
  LOOKS,
  RENEWS,
  REWRITING,
  SIGNING,
  STRATEGY,
  TALK,
} from './git-meanings.ts';
import {
  attached,
  flags,
  harmless,
  listed,
  type Mode,
  named,
  type Options,
  options,
  type Program,
  type Programs,
  values,
} from './program.ts';

const ADD: Options = {
  ...TALK,
  ...FROM_FILE,
  ...flags('-A -u -n -f -i -p -N -e --dry-run --chmod --refresh'),
  ...options(
    `--[no-]all --[no-]update --[no-]force --[no-]interactive --[no-]patch --[no-]edit
      --[no-]intent-to-add --[no-]ignore-errors --[no-]renormalize --[no-]sparse`,
  ),
};
const COMMIT: Options = {
  ...TALK,
  ...FROM_FILE,
  ...SIGNING,
  ...flags('-a -p -s -n -e -i -o -z --dry-run --short --branch --porcelain --long --null --reset-author'),
  ...options(
    `--[no-]all --[no-]patch --[no-]signoff --[no-]verify --[no-]edit --[no-]include --[no-]only
      --[no-]allow-empty --[no-]allow-empty-message --[no-]status`,
  ),
  ...options('--[no-]post-rewrite --[no-]interactive'),
  ...flags('--amend', REWRITING),
  ...values(
    `-m -C -c --message --author --date --reuse-message --reedit-message --fixup --squash --cleanup
      --trailer`,
  ),
  ...values('-F -t --file --template', 'read'),
  ...attached('-u --untracked-files'),
};
const MERGE: Options = {
  ...TALK,
  ...GOING,
  ...SIGNING,
  ...STRATEGY,
  ...flags('-n -e --ff-only --no-verify'),
  ...options(
    `--[no-]stat --[no-]summary --[no-]squash --[no-]commit --[no-]edit --[no-]ff
      --[no-]rerere-autoupdate --[no-]verify-signatures --[no-]autostash`,
  ),
  ...options('--[no-]allow-unrelated-histories --[no-]signoff --[no-]overwrite-ignore'),
  ...values('-m --message --cleanup --into-name'),
  ...values('-F --file', 'read'),
  ...attached('--log'),
};
const REBASE: Options = {
  ...TALK,
  ...GOING,
  ...SIGNING,
  ...STRATEGY,
  ...flags(
    `-i -n -r -m -k -p --apply --merge --interactive --root --no-ff --keep-base --ignore-date -f
      --force-rebase`,
  ),
  ...options(
    `--[no-]stat --[no-]signoff --[no-]autosquash --[no-]autostash --[no-]update-refs --[no-]fork-point
      --[no-]verify --[no-]keep-empty --[no-]ff`,
  ),
  ...options('--[no-]rerere-autoupdate --[no-]reschedule-failed-exec --[no-]reapply-cherry-picks'),
  ...attached('--rebase-merges --empty'),
  ...values('--onto --whitespace -C'),
  ...values('-x --exec', 'shell'),
};
const PICK: Options = {
  ...GOING,
  ...SIGNING,
  ...STRATEGY,
  ...flags(
    '-n -e -s -x -r --no-commit --no-edit --edit --signoff --ff --allow-empty --keep-redundant-commits',
  ),
  ...flags('--allow-empty-message --reference'),
  ...values('-m --mainline --cleanup'),
};

const APPLY: Options = {
  ...TALK,
  ...flags(
    `-p0 -p1 -p2 -R -3 -z --stat --numstat --summary --check --index --cached --reverse --3way
      --apply --reject --binary --recount --allow-empty --unidiff-zero --allow-overlap
      --ignore-whitespace --ignore-space-change`,
  ),
  ...values('-C --whitespace --exclude --include --directory'),
  ...values('-p'),
};
/** Changes files of its work tree alone: git refuses what leads out of it, or through a link. */
const APPLIES: Program = listed('read', APPLY, {
  effects: ['WRITE_PATCH'],
  reversibility: 'unknown',
  in_repository: true,
});
const CHECKS: Mode = {
  names: ['--check', '--stat', '--numstat', '--summary'],
  program: listed('read', APPLY, LOOKS),
};

/** Commands of git that change what is here. */
export const GIT_CHANGING: Programs = {
  ...named('add stage', listed('list', ADD, KEEPS)),
  ...named('commit', listed('list', COMMIT, KEEPS_AND_RUNS)),
  ...named('merge', listed('text', MERGE, KEEPS_AND_RUNS)),
  ...named('cherry-pick revert', listed('text', PICK, KEEPS_AND_RUNS)),
  ...named('rebase', listed('text', REBASE, RENEWS)),
  ...named(
    'mv',
    listed(
      'move',
      { ...TALK, ...flags('-f -k -n --force --dry-run --sparse') },
      { effects: ['WRITE_PATCH'] },
    ),
  ),
  ...named('apply', { ...APPLIES, modes: [{ names: ['--apply'], program: APPLIES }, CHECKS] }),
  ...named(
    'am',
    listed(
      'read',
      {
        ...TALK,
        ...GOING,
        ...flags('-3 -s -k -u --3way --signoff --keep-cr --reject --no-verify'),
        ...values('-p --directory --exclude --include --whitespace'),
      },
      KEEPS_AND_RUNS,
    ),
  ),
  ...named(
    'init',
    listed(
      'make',
      {
        ...TALK,
        ...flags('--bare --shared'),
        ...values('-b --initial-branch --object-format'),
        ...values('--template --separate-git-dir', 'program'),
      },
      { effects: ['WRITE_PATCH'], reversibility: 'reversible' },
    ),
  ),
  ...named(
    'format-patch',
    listed(
      'text',
      {
        ...TALK,
        ...flags('-# -n -N -k -s --stdout --cover-letter --numbered --signoff --thread'),
        ...values('-o --output-directory', 'write'),
        ...values('-v --subject-prefix --start-number --to --cc --base'),
      },
      KEEPS,
    ),
  ),
  ...named(
    `notes update-index write-tree read-tree commit-tree mktree mktag rerere pack-refs
      multi-pack-index commit-graph repack`,
    harmless('text', KEEPS),
  ),
  ...named(
    'maintenance',
    harmless('text', {
      ...KEEPS,
      special: (word, at) =>
        at === 0 && word !== 'run' ? { use: 'text', effects: ['PERSIST', 'WRITE_OUTSIDE'] } : null,
    }),
  ),
  ...named('sparse-checkout', harmless('text', KEEPS)),
};
