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
  values,
} from './program.ts';

const PATCH: Options = {
  ...flags(`-# -p -u -s -w -b -z -a -R -W --patch --raw --numstat --shortstat --summary --name-only
    --name-status
    --check --cached --staged --minimal --patience --histogram --ignore-all-space --ignore-space-change
    --ignore-space-at-eol --ignore-cr-at-eol --ignore-blank-lines --full-index --binary --exit-code --quiet
    --oneline --abbrev-commit --graph --all --branches --tags --remotes --reverse --first-parent --follow
    --date-order --topo-order --author-date-order --left-right --cumulative --compact-summary --merge-base
    --patch-with-stat --patch-with-raw --pickaxe-all --pickaxe-regex --text --function-context --no-index
    --cherry --cherry-pick --cherry-mark --boundary --simplify-by-decoration --full-history --dense --sparse
    --no-walk --ancestry-path --source --no-patch --no-ext-diff --no-textconv --no-color --no-notes
    --no-decorate --no-abbrev --no-abbrev-commit --no-renames --no-prefix --merges --no-merges
    --show-signature
    --regexp-ignore-case -i -E -F -P --perl-regexp --extended-regexp --fixed-strings --all-match --invert-grep
    --ignore-submodules --relative-date --parents --children --walk-reflogs -g -m -c --cc --count --bisect
    --no-relative --irreversible-delete -D`),
  ...values(`-n -S -G -L -l --max-count --skip --since --after --until --before --author --committer --grep
    --min-parents --max-parents --exclude --glob --ignore-matching-lines -I --inter-hunk-context --anchored
    --word-diff-regex --diff-algorithm --src-prefix --dst-prefix --line-prefix --stat-width --stat-count`),
  ...values('--diff-filter --date --encoding --decorate-refs --find-object --rotate-to --skip-to -O'),
  // Of `-U 3` and `-U --output=x` the second word is no value: it is a revision, and an option that writes.
  ...attached(`-U --unified --abbrev --color --decorate --format --pretty --word-diff -M -C -B -X
    --find-renames
    --find-copies --find-copies-harder --stat --dirstat --submodule --color-moved --color-words --relative
    --notes --diff-merges --remerge-diff --no-min-parents --exclude-first-parent-only`),
  ...values('--output', 'write'),
};
const LOOKS: Partial<Program> = { effects: ['COMPUTE', 'READ_REPO'] };
const REVISIONS: Program = listed('object', PATCH, LOOKS);
const STATUS: Program = listed(
  'list',
  {
    ...flags(
      `-s -b -v -z --short --branch --long --verbose --show-stash --ahead-behind --no-ahead-behind
        --renames`,
    ),
    ...flags('--no-renames --no-column'),
    ...attached('-u --porcelain --untracked-files --ignored --column --ignore-submodules --find-renames'),
  },
  LOOKS,
);

/** Commands of git that look: none of their options, listed or not, runs or writes anything. */
const PLAIN: Programs = named(
  `ls-files ls-tree rev-parse merge-base name-rev describe show-ref for-each-ref count-objects check-ignore
  check-attr check-ref-format check-mailmap var whatchanged show-branch cherry verify-commit verify-tag
  verify-pack get-tar-commit-id stripspace column mailinfo patch-id fmt-merge-msg version merge-tree
  fast-export unpack-file get-url mailsplit`,
  harmless('object', LOOKS),
);

export const GIT_LOOKING: Programs = {
  ...PLAIN,
  ...named('status', STATUS),
  ...named('log diff show rev-list diff-tree diff-index diff-files range-diff', REVISIONS),
  ...named(
    'blame annotate',
    listed(
      'object',
      {
        ...flags(
          `-c -l -t -s -e -w -f -n -p --root --show-stats --show-name --show-number --show-email
            --porcelain`,
        ),
        ...flags(
          '--line-porcelain --incremental --progress --no-progress --minimal --color-lines --color-by-age',
        ),
        ...values('-L --since --date --ignore-rev'),
        ...values('-S --contents --ignore-revs-file', 'read'),
        ...attached('-M -C --abbrev'),
      },
      LOOKS,
    ),
  ),
  ...named(
    'shortlog',
    listed(
      'object',
      {
        ...flags('-n -s -e -c --numbered --summary --email --committer --all --no-merges --merges'),
        ...values('--since --until --after --before --author --group --format'),
        ...attached('-w'),
      },
      LOOKS,
    ),
  ),
  ...named(
    'grep',
    listed(
      'object',
      {
        ...flags(`-# -i -v -w -a -I -r -E -G -F -P -n -h -H -l -L -z -o -c -p -W -q --and --or --not ( )
          --cached
          --untracked --no-index --name-only --files-with-matches --files-without-match
          --count --quiet --heading
          --break --column --line-number --ignore-case --word-regexp --invert-match --text --null --all-match
          --extended-regexp --basic-regexp --fixed-strings --perl-regexp --only-matching --full-name
          --show-function --function-context --no-color --recurse-submodules --recursive --exclude-standard`),
        ...values(
          '-e -A -B -C -m --max-depth --threads --context --after-context --before-context --max-count',
        ),
        ...values('-f', 'read'),
        ...attached('--color'),
        ...attached('-O --open-files-in-pager', 'program', { effects: ['EXECUTE_CODE'] }),
      },
      {
        ...LOOKS,
        operands: (at, _count, given) =>
          at === 0 && !given.has('-e') && !given.has('-f') ? 'text' : 'object',
      },
    ),
  ),
  ...named(
    'cat-file',
    listed(
      'object',
      {
        ...flags(
          '-t -s -e -p --batch-all-objects --buffer --unordered --allow-unknown-type --follow-symlinks -z',
        ),
        ...attached('--batch --batch-check --batch-command'),
        ...values('--path'),
      },
      LOOKS,
    ),
  ),
  ...named('help', harmless('text')),
  ...named(
    'fsck',
    listed(
      'text',
      options(
        `--[no-]full --[no-]strict --[no-]verbose --[no-]progress --[no-]dangling --[no-]unreachable
          --[no-]cache`,
      ),
      LOOKS,
    ),
  ),
};
