import { writeCases } from './write.mjs';

const root = Buffer.alloc(32, 5).toString('base64');
const good = (reason, text, origin, size, extensions = []) => ({
  reason,
  valid: true,
  text,
  origin,
  size,
  root,
  extensions,
});
const bad = (reason, code, text) => ({ reason, code, text });

writeCases('checkpoint/bodies.json', 'Texts of checkpoints, without signature (spec/04-checkpoint.md).', [
  good('a log of three leaves', `example.com/log\n3\n${root}\n`, 'example.com/log', '3'),
  good('an empty log', `example.com/log\n0\n${root}\n`, 'example.com/log', '0'),
  good('the largest size', `a\n9223372036854775807\n${root}\n`, 'a', '9223372036854775807'),
  good('an unusual origin', `Some Log + more\n3\n${root}\n`, 'Some Log + more', '3'),
  good('extension lines', `example.com/log\n3\n${root}\none\ntwo \n`, 'example.com/log', '3', [
    'one',
    'two ',
  ]),
  bad('there is nothing', 'NOTE_TEXT', ''),
  bad('the last newline is missing', 'NOTE_TEXT', `example.com/log\n3\n${root}`),
  bad('carriage returns end the lines', 'NOTE_TEXT', `example.com/log\r\n3\r\n${root}\r\n`),
  bad('the origin has a lone surrogate', 'NOTE_TEXT', `a\ud800\n3\n${root}\n`),
  bad('the root is missing', 'CHECKPOINT_MALFORMED', 'example.com/log\n3\n'),
  bad('the origin is empty', 'CHECKPOINT_ORIGIN', `\n3\n${root}\n`),
  bad('the size has a leading zero', 'CHECKPOINT_SIZE', `example.com/log\n03\n${root}\n`),
  bad('the size is two zeros', 'CHECKPOINT_SIZE', `example.com/log\n00\n${root}\n`),
  bad('the size is negative', 'CHECKPOINT_SIZE', `example.com/log\n-3\n${root}\n`),
  bad('the size has a plus', 'CHECKPOINT_SIZE', `example.com/log\n+3\n${root}\n`),
  bad('the size is hexadecimal', 'CHECKPOINT_SIZE', `example.com/log\n0x3\n${root}\n`),
  bad('the size has a fraction', 'CHECKPOINT_SIZE', `example.com/log\n3.0\n${root}\n`),
  bad('the size has a space', 'CHECKPOINT_SIZE', `example.com/log\n3 \n${root}\n`),
  bad('the size is empty', 'CHECKPOINT_SIZE', `example.com/log\n\n${root}\n`),
  bad('the size has other digits', 'CHECKPOINT_SIZE', `example.com/log\n\u0663\n${root}\n`),
  bad('the size is 2^63', 'CHECKPOINT_SIZE', `example.com/log\n9223372036854775808\n${root}\n`),
  bad('the size is far beyond', 'CHECKPOINT_SIZE', `example.com/log\n${'9'.repeat(400)}\n${root}\n`),
  bad(
    'the root has 31 bytes',
    'CHECKPOINT_ROOT',
    `example.com/log\n3\n${Buffer.alloc(31).toString('base64')}\n`,
  ),
  bad(
    'the root has 33 bytes',
    'CHECKPOINT_ROOT',
    `example.com/log\n3\n${Buffer.alloc(33).toString('base64')}\n`,
  ),
  bad('the root lost its padding', 'CHECKPOINT_ROOT', `example.com/log\n3\n${root.slice(0, -1)}\n`),
  bad('the root has free bits', 'CHECKPOINT_ROOT', `example.com/log\n3\n${root.slice(0, -2)}V=\n`),
  bad('the root is base64 for URLs', 'CHECKPOINT_ROOT', `example.com/log\n3\n${'_'.repeat(42)}8=\n`),
  bad('the root is hexadecimal', 'CHECKPOINT_ROOT', `example.com/log\n3\n${'05'.repeat(32)}\n`),
  bad('the root is empty', 'CHECKPOINT_ROOT', 'example.com/log\n3\n\n'),
  bad('an extension line is empty', 'CHECKPOINT_EXTENSION', `example.com/log\n3\n${root}\n\n`),
  bad(
    'an extension line in between is empty',
    'CHECKPOINT_EXTENSION',
    `example.com/log\n3\n${root}\na\n\nb\n`,
  ),
]);
