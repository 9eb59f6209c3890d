import { foundAt, joinMeanings, type Meaning, NOTHING } from '../meaning/meaning.ts';
import { type Statement, splitStatements } from './split-statements.ts';

const READS: Meaning = { ...NOTHING, effects: ['READ_CONFIG'] };
const CHANGES: Meaning = { ...NOTHING, effects: ['CHANGE_DATA'], reversibility: 'unknown' };
const DESTROYS: Meaning = {
  ...NOTHING,
  effects: ['CHANGE_DATA', 'DESTROY_DATA'],
  reversibility: 'irreversible',
};
const GRANTS: Meaning = { ...CHANGES, effects: ['CHANGE_DATA', 'ESCALATE_PRIVILEGE'] };

/** What the first word of a statement does; a word that is not here is not understood. */
const FIRST_WORDS: Readonly<Record<string, Meaning>> = {
  ...each('select with show explain describe desc values table', READS),
  ...each('begin start commit end rollback savepoint release use', { ...NOTHING, effects: ['COMPUTE'] }),
  ...each('insert update replace merge upsert create alter rename comment analyze vacuum reindex', CHANGES),
  ...each('optimize refresh cluster lock unlock', CHANGES),
  ...each('drop truncate', DESTROYS),
  ...each('delete', { ...CHANGES, effects: ['CHANGE_DATA', 'DELETE'], reversibility: 'irreversible' }),
  ...each('grant revoke', GRANTS),
};

/** Words that reach beyond the data: files and programs of the database's host, other databases. */
const REACHING: ReadonlySet<string> = new Set(
  `copy outfile dumpfile infile load_file load_extension pg_read_file pg_read_binary_file pg_ls_dir lo_import
  lo_export xp_cmdshell sp_oacreate openrowset bulk dblink dblink_exec pg_execute_server_program sys_exec
  sys_eval readfile writefile edit fts3_tokenizer attach utl_http utl_file exec execute call prepare pragma
  url file remote s3 executable language handler system`.split(/\s+/),
);

/**
 * What SQL text does, by its keywords: more than it does where they stand in an unusual place, and opaque
 * wherever databases may read it apart.
 */
export function understandStatements(text: string, where: string, whole: Meaning): Meaning {
  const { statements, uncertain } = splitStatements(text);
  const opaque = joinMeanings([whole, foundAt('opaque', where)]);
  return joinMeanings([
    ...statements.map((words) => understandStatement(words, where, opaque)),
    uncertain ? opaque : NOTHING,
  ]);
}

function understandStatement(all: Statement, where: string, opaque: Meaning): Meaning {
  const words = withoutClauses(all);
  const [first = ''] = words;
  const known = Object.hasOwn(FIRST_WORDS, first) ? FIRST_WORDS[first] : undefined;
  const unbounded = isUnbounded(words);
  return joinMeanings([
    known ?? opaque,
    ...LATER_WORDS.filter(({ word }) => words.indexOf(word) > 0).map(({ meaning }) => meaning),
    words.some((word) => REACHING.has(word)) ? opaque : NOTHING,
    unbounded ? foundAt('unbounded_change', where) : NOTHING,
    unbounded && words.includes('delete') ? DESTROYS : NOTHING,
  ]);
}

/** Behind the first word these change too: in a common table expression, an EXPLAIN ANALYZE, a trigger. */
const LATER_WORDS: readonly { readonly word: string; readonly meaning: Meaning }[] = [
  ...['insert', 'update', 'merge', 'into', 'set'].map((word) => ({ word, meaning: CHANGES })),
  ...['delete', 'drop', 'truncate'].map((word) => ({ word, meaning: DESTROYS })),
  ...['grant', 'user', 'role', 'superuser'].map((word) => ({ word, meaning: GRANTS })),
];

/** `ON DELETE`, `FOR UPDATE`, `DO UPDATE` and such say when, not what. */
function withoutClauses(words: Statement): Statement {
  return words.filter((word, at) => {
    const before = words[at - 1] ?? '';
    if (word === 'update') return !['on', 'for', 'do', 'key'].includes(before);
    return word !== 'delete' || before !== 'on';
  });
}

/** Changes every row: says of none which. A condition that holds for all of them is none. */
function isUnbounded(words: Statement): boolean {
  if (words.some((word) => word === 'truncate' || word === 'drop')) return true;
  if (!words.includes('delete') && !words.includes('update')) return false;
  const condition = words.slice(words.lastIndexOf('where') + 1);
  return (
    !words.includes('where') || condition[0] === 'true' || condition[0] === '=' || condition.length === 0
  );
}

function each(names: string, meaning: Meaning): Readonly<Record<string, Meaning>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, meaning]));
}
