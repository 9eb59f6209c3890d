import { attached, flags, listed, type Options, type Program, type Programs, values } from './program.ts';

const PATCH: Options = {
  ...flags(`-# -p -u -s -w -b -z --patch --no-patch --stat --shortstat --numstat --summary --name-only
    --name-status --no-color --no-ext-diff --no-textconv --no-renames --raw --check --cached
    --staged --minimal --patience --histogram --ignore-all-space --ignore-space-change
    --ignore-blank-lines --full-index --binary --exit-code --quiet --oneline --abbrev-commit
    --no-abbrev-commit --graph --all --branches --tags --merges --no-merges --reverse
    --first-parent --follow --date-order --topo-order --no-decorate --left-right --no-notes`),
  ...values('-n -S -G --max-count --skip --since --after --until --before --author --committer --grep'),
  ...values('--diff-filter --date'),
  // Of `-U 3` and `-U --output=x` the second word is no value: it is a revision, and an option that writes.
  ...attached('-U --unified --abbrev --color --decorate --format --pretty --word-diff -M -C --find-renames'),
};
const REVISIONS: Program = listed('object', PATCH, { effects: ['COMPUTE', 'READ_REPO'] });
const STATUS: Program = listed(
  'list',
  {
    ...flags('-s -b -v -z --short --branch --long --verbose --show-stash --ahead-behind --no-renames'),
    ...attached('-u --porcelain --untracked-files --ignored --column'),
  },
  { effects: ['COMPUTE', 'READ_REPO'] },
);

/**
 * Four commands that look. An option before the command can set any configuration, and with it what runs; a
 * command that is not listed may be somebody's alias.
 */
export const GIT: Programs = {
  git: listed('unknown', flags('-P --no-pager'), {
    style: 'first',
    commands: { status: STATUS, log: REVISIONS, diff: REVISIONS, show: REVISIONS },
  }),
};
