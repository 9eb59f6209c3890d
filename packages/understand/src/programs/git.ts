import { GIT_CHANGING } from './git-changing.ts';
import { GIT_DISCARDING } from './git-discarding.ts';
import { GIT_KEEPING } from './git-keeping.ts';
import { GIT_LOOKING } from './git-looking.ts';
import { GIT_REACHING } from './git-reaching.ts';
import { flags, harmless, type Options, type Programs, tree, values } from './program.ts';

const BEFORE: Options = {
  ...flags('-P --no-pager --no-optional-locks --literal-pathspecs --glob-pathspecs --noglob-pathspecs'),
  ...flags(
    '--no-replace-objects --icase-pathspecs -v --version -h --help --html-path --man-path --info-path',
  ),
  ...values('-C', 'place'),
  ...values('-c', 'setting'),
  ...values('--config-env --namespace --super-prefix --list-cmds', 'program'),
  ...values('--git-dir --work-tree --exec-path', 'program'),
};

/**
 * git: an option before the command can set what runs, and a command that is not listed may be somebody's
 * alias.
 */
export const GIT: Programs = tree(
  'git',
  {
    '': harmless('text'),
    ...GIT_LOOKING,
    ...GIT_CHANGING,
    ...GIT_DISCARDING,
    ...GIT_KEEPING,
    ...GIT_REACHING,
  },
  BEFORE,
);
