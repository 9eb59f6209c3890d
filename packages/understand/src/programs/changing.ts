import {
  flags,
  listed,
  named,
  type Programs,
  RISK_DESTROYS,
  RISK_DESTROYS_TREE,
  UNLISTED,
  values,
} from './program.ts';

const TALK = flags('-v -i --verbose --interactive --help --version');
const TREE: readonly string[] = ['-r', '-R', '--recursive', UNLISTED];
/** What every file had before stands nowhere. */
const TREE_ALTERED = flags('-R --recursive', { risk_min: RISK_DESTROYS });
/** Where a copy goes; without it the last word is that place. */
const TARGET = values('-t --target-directory', 'write');
const NAMED_TARGET: readonly string[] = ['-t', '--target-directory'];

/** Programs that change files and what belongs to them. */
export const CHANGING: Programs = {
  ...named(
    'rm',
    listed(
      'lose',
      {
        ...TALK,
        ...flags('-r -R -f -d -I --recursive --force --dir --one-file-system --preserve-root'),
        ...flags('--no-preserve-root', { risk_min: RISK_DESTROYS_TREE }),
      },
      {
        effects: ['DELETE'],
        operands: (_at, _count, given) => (TREE.some((name) => given.has(name)) ? 'tree' : 'lose'),
      },
    ),
  ),
  ...named(
    'rmdir',
    listed(
      'lose',
      { ...TALK, ...flags('-p --parents --ignore-fail-on-non-empty') },
      {
        effects: ['DELETE'],
        reversibility: 'irreversible',
      },
    ),
  ),
  ...named(
    'mv',
    listed(
      'move',
      { ...TALK, ...TARGET, ...flags('-f -n -u -T --force --no-clobber --update') },
      {
        effects: ['WRITE_PATCH', 'DELETE'],
        operands: (at, count, given) => (isTarget(at, count, given) ? 'write' : 'move'),
      },
    ),
  ),
  ...named(
    'cp',
    listed(
      'read',
      {
        ...TALK,
        ...TARGET,
        ...flags(
          '-r -R -a -f -n -p -u -d -H -L -P -T -x --recursive --archive --force --no-clobber --update',
        ),
        ...flags('--no-dereference --dereference --one-file-system'),
      },
      {
        effects: ['WRITE_PATCH'],
        operands: (at, count, given) => (isTarget(at, count, given) ? 'write' : 'read'),
      },
    ),
  ),
  ...named(
    'mkdir',
    listed(
      'make',
      { ...TALK, ...flags('-p --parents'), ...values('-m --mode') },
      { effects: ['WRITE_PATCH'] },
    ),
  ),
  ...named(
    'touch',
    listed(
      'write',
      {
        ...flags('-a -c -m -h --no-create --no-dereference'),
        ...values('-d -t --date --time'),
        ...values('-r --reference', 'list'),
      },
      { effects: ['WRITE_PATCH'] },
    ),
  ),
  ...named(
    'ln',
    listed(
      'write',
      { ...TALK, ...TARGET, ...flags('-s -f -n -r -T -L -P --symbolic --force --relative') },
      {
        effects: ['WRITE_PATCH'],
      },
    ),
  ),
  ...named(
    'chmod',
    listed(
      'alter',
      { ...TREE_ALTERED, ...flags('-v -c -f --verbose --changes --silent --quiet') },
      {
        effects: ['WRITE_PATCH'],
        special: (mode, at) => (at === 0 ? { use: 'text', effects: effectsOfMode(mode) } : null),
      },
    ),
  ),
  ...named(
    'chgrp chown',
    listed(
      'alter',
      { ...TREE_ALTERED, ...flags('-v -c -f -h --verbose --changes --no-dereference') },
      {
        effects: ['WRITE_PATCH', 'ESCALATE_PRIVILEGE'],
        operands: (at) => (at === 0 ? 'text' : 'alter'),
      },
    ),
  ),
  ...named(
    'dd',
    listed(
      'unknown',
      {
        ...values('if=', 'read'),
        ...values('of=', 'lose', { effects: ['WRITE_PATCH'], risk_min: RISK_DESTROYS }),
        ...values('bs= ibs= obs= cbs= count= skip= seek= iseek= oseek= conv= status= iflag= oflag='),
      },
      { style: 'words' },
    ),
  ),
  ...named(
    'mkfs',
    listed(
      'lose',
      { ...flags('-v -V --verbose'), ...values('-t --type') },
      {
        effects: ['DELETE'],
        reversibility: 'irreversible',
        risk_min: RISK_DESTROYS_TREE,
      },
    ),
  ),
};

function isTarget(at: number, count: number, given: ReadonlySet<string>): boolean {
  return count > 1 && at === count - 1 && !NAMED_TARGET.some((name) => given.has(name));
}

/** Set-user and set-group bits lend the owner's rights to whoever runs the file. */
function effectsOfMode(mode: string): readonly 'ESCALATE_PRIVILEGE'[] {
  const digits = /^0*([0-7]+)$/.exec(mode)?.[1];
  const plain = digits === undefined ? /^[ugoarwxX=+,-]+$/.test(mode) : digits.length < 4;
  return plain ? [] : ['ESCALATE_PRIVILEGE'];
}
