import {
  canonical,
  commit,
  commitPart,
  credential,
  decision,
  digest,
  genesis,
  id,
  questions,
  tag,
  term,
} from './cell.mjs';
import { writeCases } from './write.mjs';

const good = (reason, head) => ({ reason, text: canonical(head), kind: head.kind });
const bad = (reason, code, head) => ({
  reason,
  text: typeof head === 'string' ? head : canonical(head),
  code,
});
const without = (head, name) =>
  Object.fromEntries(Object.entries(head).filter(([member]) => member !== name));
const raw = canonical(term(0));
const predecessor = { origin: digest('an origin'), root: digest('a root'), size: 12 };
const successor = canonical(genesis({ predecessor, reason: 'recover' }));
const turned = `"predecessor":{"size":12,"root":"${predecessor.root}","origin":"${predecessor.origin}"}`;

writeCases('record/heads.json', 'Heads: the leaves of the tree (spec/06-records.md).', [
  good('a decision that allows', decision(1)),
  good(
    'a decision that refuses',
    decision(1, { verdict: 'BLOCK', code: 'LOCKED', expires_at: null, tool: null }),
  ),
  good('a commit', commit(1)),
  good('a commit for no target and no key', commit(1, { target: null, cnf: null })),
  good('a term', term(0)),
  good('the first record of the first log', genesis()),
  good('the first record after a recovery', genesis({ predecessor, reason: 'recover' })),
  good('obligations in order', decision(1, { obligations: ['no_network', 'run_fenced'] })),
  good('a new credential', credential(0)),
  good('the end of a credential', credential(0, { change: 'end' })),
  good('who begins to ask', questions(0)),
  good('how often it was asked', questions(0, { change: 'close', explained: 3, weighed: 0 })),
  good('a count that died with its process', questions(0, { change: 'close' })),
  good('a part that was never sealed', term(0, { parts: { state: digest('s'), sealed: null } })),
  bad('nothing', 'JSON_SYNTAX', ''),
  bad('no object', 'RECORD_INVALID', '[]'),
  bad('a credential that is replaced', 'RECORD_INVALID', credential(0, { change: 'replace' })),
  bad('a credential with its digest', 'RECORD_INVALID', credential(0, { digest: digest('a key') })),
  bad('a credential without change', 'RECORD_INVALID', without(credential(0), 'change')),
  bad('questions of another change', 'RECORD_INVALID', questions(0, { change: 'end' })),
  bad('questions without an end', 'RECORD_INVALID', without(questions(0), 'to')),
  bad('questions with who asks in the head', 'RECORD_INVALID', questions(0, { by: id('prn', 0) })),
  bad('a count below zero', 'RECORD_INVALID', questions(0, { explained: -1 })),
  bad('an unknown kind', 'RECORD_INVALID', term(0, { kind: 'terms' })),
  bad('a kind that is a method of all objects', 'RECORD_INVALID', term(0, { kind: 'constructor' })),
  bad('a member too many', 'RECORD_INVALID', term(0, { note: 'x' })),
  bad('a member of another kind', 'RECORD_INVALID', term(0, { wall: 2 })),
  bad('a member too few', 'RECORD_INVALID', without(term(0), 'reason')),
  bad('a member under another name', 'RECORD_INVALID', { ...without(term(0), 'reason'), Reason: 'start' }),
  bad('another version', 'RECORD_INVALID', term(0, { v: 2 })),
  bad('the version as text', 'RECORD_INVALID', term(0, { v: '1' })),
  bad('an enum value that is not declared', 'RECORD_INVALID', term(0, { reason: 'restart' })),
  bad('a verdict that is not declared', 'RECORD_INVALID', decision(1, { verdict: 'allow' })),
  bad('a digest of 42 characters', 'RECORD_INVALID', decision(1, { engine: digest('x').slice(1) })),
  bad('a digest with padding', 'RECORD_INVALID', decision(1, { engine: `${digest('x')}=` })),
  bad('a digest whose spare bits are set', 'RECORD_INVALID', decision(1, { engine: `${'A'.repeat(42)}B` })),
  bad('a digest that may not be null', 'RECORD_INVALID', decision(1, { engine: null })),
  bad('a salt that is too short', 'RECORD_INVALID', term(0, { salt: tag('x').slice(2) })),
  bad('a salt whose spare bits are set', 'RECORD_INVALID', term(0, { salt: `${'A'.repeat(21)}B` })),
  bad('an id without prefix', 'RECORD_INVALID', term(0, { id: '0'.repeat(26) })),
  bad('an id in upper case', 'RECORD_INVALID', term(0, { id: id('REC', 0) })),
  bad(
    'an id with a letter that base32 leaves out',
    'RECORD_INVALID',
    term(0, { id: `rec_${'l'.repeat(26)}` }),
  ),
  bad('an id with a newline after it', 'RECORD_INVALID', term(0, { id: `${id('rec', 0)}\n` })),
  bad('a negative time', 'RECORD_INVALID', term(0, { time: -1 })),
  bad('a time with a fraction', 'RECORD_INVALID', term(0, { time: 1.5 })),
  bad('a time as text', 'RECORD_INVALID', term(0, { time: '1' })),
  bad('a code in lower case', 'RECORD_INVALID', decision(1, { code: 'allowed' })),
  bad('a code with a space', 'RECORD_INVALID', decision(1, { code: 'NOT ALLOWED' })),
  bad(
    'obligations out of order',
    'RECORD_INVALID',
    decision(1, { obligations: ['run_fenced', 'no_network'] }),
  ),
  bad('an obligation twice', 'RECORD_INVALID', decision(1, { obligations: ['no_network', 'no_network'] })),
  bad('an obligation that is no text', 'RECORD_INVALID', decision(1, { obligations: [1] })),
  bad(
    'nine obligations',
    'RECORD_INVALID',
    decision(1, { obligations: 'abcdefghi'.split('').map((letter) => `o${letter}`) }),
  ),
  bad('parts without sealed', 'RECORD_INVALID', term(0, { parts: { state: digest('s') } })),
  bad('parts with a third', 'RECORD_INVALID', term(0, { parts: { ...term(0).parts, observed: null } })),
  bad('parts without state', 'RECORD_INVALID', term(0, { parts: { state: null, sealed: null } })),
  bad('five keys', 'RECORD_INVALID', genesis({ keys: '12345'.split('').map(digest) })),
  bad('a predecessor without root', 'RECORD_INVALID', genesis({ predecessor: without(predecessor, 'root') })),
  bad(
    'a predecessor of negative size',
    'RECORD_INVALID',
    genesis({ predecessor: { ...predecessor, size: -1 } }),
  ),
  bad('a space after the brace', 'NOT_CANONICAL', raw.replace('{', '{ ')),
  bad('a newline at the end', 'NOT_CANONICAL', `${raw}\n`),
  bad('members in another order', 'NOT_CANONICAL', JSON.stringify({ v: 1, ...without(term(0), 'v') })),
  bad(
    'a predecessor in another order',
    'NOT_CANONICAL',
    successor.replace(/"predecessor":\{[^}]*\}/, turned),
  ),
  bad(
    'parts in another order',
    'NOT_CANONICAL',
    raw.replace(/"parts":\{("sealed":[^,]*),("state":[^}]*)\}/, '"parts":{$2,$1}'),
  ),
  bad('an escape that is not needed', 'NOT_CANONICAL', raw.replace('"start"', '"\\u0073tart"')),
  bad('a number in another spelling', 'NOT_CANONICAL', raw.replace('"term":3', '"term":3.0')),
  bad('minus zero', 'NOT_CANONICAL', raw.replace('"term":3', '"term":-0')),
  bad('a member twice', 'JSON_DUPLICATE_MEMBER', raw.replace('"term":3', '"term":3,"term":3')),
  bad('an integer beyond 2^53', 'USE_STRING', raw.replace('"term":3', '"term":9007199254740993')),
  bad('a byte order mark', 'JSON_BOM', `\ufeff${raw}`),
  bad('two heads', 'JSON_SYNTAX', raw + raw),
  bad('more than 1,024 bytes', 'RECORD_TOO_LARGE', term(0, { note: 'x'.repeat(1_024) })),
]);

const salt = digest('a salt');
const part = (json) => `${salt}\n${json}`;
writeCases('record/parts.json', 'Parts and their commitments (spec/06-records.md section 4).', [
  {
    reason: 'a state part',
    kind: 'state',
    part: part('{"by":null}'),
    commitment: commitPart('state', part('{"by":null}')),
  },
  {
    reason: 'the same as a sealed part',
    kind: 'sealed',
    part: part('{"by":null}'),
    commitment: commitPart('sealed', part('{"by":null}')),
  },
  {
    reason: 'text beyond ASCII',
    kind: 'sealed',
    part: part('"Zo\u00eb \ud83d\ude00"'),
    commitment: commitPart('sealed', part('"Zo\u00eb \ud83d\ude00"')),
  },
  { reason: 'no newline after the salt', kind: 'state', part: `${salt}{}`, code: 'RECORD_INVALID' },
  { reason: 'a salt that is too short', kind: 'state', part: `${salt.slice(1)}\n{}`, code: 'RECORD_INVALID' },
  { reason: 'a salt that is too long', kind: 'state', part: `${salt}A\n{}`, code: 'RECORD_INVALID' },
  { reason: 'nothing', kind: 'state', part: '', code: 'RECORD_INVALID' },
]);
