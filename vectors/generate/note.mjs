import { ALPHA, BETA, keyIdOf, signerOf } from './signer.mjs';
import { writeCases } from './write.mjs';

const text = 'example.com/alpha\n3\nbody\n';
const a = ALPHA.line(text);
const b = BETA.line(text);
const stranger = signerOf('example.com/gamma', 3).line(text);
const wrong = ALPHA.line('something else\n');
const encoded = a.split(' ')[2].trimEnd();
const spare = Buffer.from(encoded, 'base64');

const opens = (reason, note, signedBy, keys = [ALPHA.vkey, BETA.vkey]) => ({
  reason,
  valid: true,
  keys,
  note,
  signed_by: signedBy.map(({ name }) => name),
});
const fails = (reason, code, note, keys = [ALPHA.vkey, BETA.vkey]) => ({
  reason,
  code,
  keys,
  ...(Buffer.isBuffer(note) ? { hex: note.toString('hex') } : { note }),
});
const signedBy = (body) => `${body}\n${ALPHA.line(body)}`;

writeCases('note/notes.json', 'Notes opened under the given keys (spec/03-keys-and-notes.md).', [
  opens('one trusted key signed', `${text}\n${a}`, [ALPHA]),
  opens('both trusted keys signed', `${text}\n${b}${a}`, [BETA, ALPHA]),
  opens('a stranger signed as well', `${text}\n${stranger}${a}`, [ALPHA]),
  opens('a trusted key signed twice', `${text}\n${a}${a}`, [ALPHA]),
  opens('a stranger used the name of a trusted key', `${text}\n${signerOf(ALPHA.name, 9).line(text)}${b}`, [
    BETA,
  ]),
  opens('the text has empty lines', signedBy('a\n\n\nb\n'), [ALPHA]),
  opens('the text looks like a signature line', signedBy(`x\n\n${stranger}y\n`), [ALPHA]),
  opens('the text is not ASCII', signedBy('\u00e9\u20ac\u{1f600}\n'), [ALPHA]),
  opens('the text is one newline', signedBy('\n'), [ALPHA]),
  opens('there are a hundred signatures', `${text}\n${stranger.repeat(99)}${a}`, [ALPHA]),
  fails('only a stranger signed', 'NOTE_NOT_SIGNED', `${text}\n${stranger}`),
  fails('no key is trusted', 'NOTE_NOT_SIGNED', `${text}\n${a}`, []),
  fails('a trusted key signed something else', 'NOTE_SIGNATURE_INVALID', `${text}\n${wrong}`),
  fails(
    'one trusted key signed, the other something else',
    'NOTE_SIGNATURE_INVALID',
    `${text}\n${b}${wrong}`,
  ),
  fails(
    'a good signature is followed by a bad one of the same key',
    'NOTE_SIGNATURE_INVALID',
    `${text}\n${a}${wrong}`,
  ),
  fails('a letter of the text is changed', 'NOTE_SIGNATURE_INVALID', `${text.replace('3', '4')}\n${a}`),
  fails('a line is added to the text', 'NOTE_SIGNATURE_INVALID', `${text}more\n\n${a}`),
  fails(
    'a signature of a trusted key is cut',
    'NOTE_SIGNATURE_INVALID',
    `${text}\n${ALPHA.lineOf(Buffer.alloc(63))}`,
  ),
  fails(
    'a signature is relabelled with another name',
    'NOTE_NOT_SIGNED',
    `${text}\n${ALPHA.line(text, BETA.name)}`,
  ),
  fails('two trusted keys share name and id', 'KEY_AMBIGUOUS', `${text}\n${a}`, [ALPHA.vkey, ALPHA.vkey]),
  fails('there is no signature', 'NOTE_MALFORMED', text),
  fails('there is an empty line and no signature', 'NOTE_MALFORMED', `${text}\n`),
  fails('the empty line is missing', 'NOTE_MALFORMED', `${text}${a}`),
  fails('the text does not end in a newline', 'NOTE_MALFORMED', `body${a}`),
  fails('the last line has no newline', 'NOTE_MALFORMED', `${text}\n${a.trimEnd()}`),
  fails('an empty line follows', 'NOTE_MALFORMED', `${text}\n${a}\n`),
  fails('a line between the signatures is empty', 'NOTE_NOT_SIGNED', `${text}\n${a}\n${stranger}`),
  fails('a hyphen stands for the dash', 'NOTE_MALFORMED', `${text}\n${a.replace('\u2014', '-')}`),
  fails('an en dash stands for the dash', 'NOTE_MALFORMED', `${text}\n${a.replace('\u2014', '\u2013')}`),
  fails('there are two spaces after the dash', 'NOTE_MALFORMED', `${text}\n${a.replace(' ', '  ')}`),
  fails('there is a space at the end', 'NOTE_MALFORMED', `${text}\n${a.trimEnd()} \n`),
  fails('the name is empty', 'NOTE_MALFORMED', `${text}\n\u2014  ${encoded}\n`),
  fails('the name has a plus', 'NOTE_MALFORMED', `${text}\n\u2014 a+b ${encoded}\n`),
  fails('the name has a no-break space', 'NOTE_MALFORMED', `${text}\n\u2014 a\u00a0b ${encoded}\n`),
  fails('the name has an ideographic space', 'NOTE_MALFORMED', `${text}\n\u2014 a\u3000b ${encoded}\n`),
  fails('the signature is empty', 'NOTE_MALFORMED', `${text}\n\u2014 ${ALPHA.name} \n`),
  fails(
    'there is a key id and nothing after it',
    'NOTE_MALFORMED',
    `${text}\n${ALPHA.lineOf(Buffer.alloc(0))}`,
  ),
  fails(
    'the base64 lost its padding',
    'NOTE_MALFORMED',
    `${text}\n\u2014 x ${spare.subarray(0, 67).toString('base64url')}\n`,
  ),
  fails('the base64 has free bits', 'NOTE_MALFORMED', `${text}\n\u2014 x AAAAAAB=\n`),
  fails('the base64 is that of URLs', 'NOTE_MALFORMED', `${text}\n\u2014 x ____\n`),
  fails('a carriage return ends the lines', 'NOTE_TEXT', `${text}\n${a}`.replaceAll('\n', '\r\n')),
  fails('the text has a tab', 'NOTE_TEXT', signedBy('a\tb\n')),
  fails('the text has a NUL', 'NOTE_TEXT', signedBy('a\u0000b\n')),
  fails('the text has an escape', 'NOTE_TEXT', signedBy('a\u001b[2Jb\n')),
  fails(
    'a byte is no UTF-8',
    'TEXT_NOT_UTF8',
    Buffer.concat([Buffer.of(0xff), Buffer.from(`${text}\n${a}`)]),
  ),
  fails(
    'a surrogate is encoded',
    'TEXT_NOT_UTF8',
    Buffer.concat([Buffer.of(0xed, 0xa0, 0x80), Buffer.from(`\n\n${a}`)]),
  ),
  fails('there are 101 signatures', 'NOTE_TOO_MANY_SIGNATURES', `${text}\n${stranger.repeat(100)}${a}`),
  fails('there is nothing', 'NOTE_MALFORMED', ''),
  fails('there are newlines only', 'NOTE_MALFORMED', '\n\n\n'),
]);

const [name, id, key] = [ALPHA.name, ALPHA.id.toString('hex'), ALPHA.vkey.split('+').slice(2).join('+')];
const raw = Buffer.from(key, 'base64');
const typed = (bytes) => Buffer.from(bytes).toString('base64');
const neutral = Buffer.from([1, 1, ...Buffer.alloc(31)]);
const good = (reason, vkey, keyName, keyId) => ({ reason, valid: true, vkey, name: keyName, key_id: keyId });
const bad = (reason, code, vkey) => ({ reason, code, vkey });
writeCases('note/verifier-keys.json', 'Verifier keys (spec/03-keys-and-notes.md).', [
  good('an Ed25519 key', ALPHA.vkey, name, id),
  good('another', BETA.vkey, BETA.name, BETA.id.toString('hex')),
  bad('the id is another', 'KEY_ID_MISMATCH', `${name}+00000000+${key}`),
  bad('the name is another', 'KEY_ID_MISMATCH', `${BETA.name}+${id}+${key}`),
  bad('the id is in capitals', 'KEY_MALFORMED', `${name}+${id.toUpperCase()}+${key}`),
  bad('the id has seven digits', 'KEY_MALFORMED', `${name}+${id.slice(1)}+${key}`),
  bad('the name is empty', 'KEY_MALFORMED', `+${id}+${key}`),
  bad('the name has a space', 'KEY_MALFORMED', `a b+${id}+${key}`),
  bad('the name has a newline', 'KEY_MALFORMED', `a\nb+${id}+${key}`),
  bad('the key is missing', 'KEY_MALFORMED', `${name}+${id}`),
  bad('the key is empty', 'KEY_MALFORMED', `${name}+${id}+`),
  bad('the key is not base64', 'KEY_MALFORMED', `${name}+${id}+${key.slice(0, -1)}!`),
  bad('the base64 has free bits', 'KEY_MALFORMED', `${name}+${id}+AB==`),
  bad('a newline follows', 'KEY_MALFORMED', `${ALPHA.vkey}\n`),
  bad('a part follows', 'KEY_MALFORMED', `${ALPHA.vkey}+x=`),
  bad('the type is that of cosignatures', 'KEY_ALGORITHM', `${name}+${id}+${typed([4, ...raw.subarray(1)])}`),
  bad('the type is unknown', 'KEY_ALGORITHM', `${name}+${id}+${typed([9, ...raw.subarray(1)])}`),
  bad('the key is a byte short', 'KEY_LENGTH', `${name}+${id}+${typed(raw.subarray(0, 32))}`),
  bad('the key is a byte long', 'KEY_LENGTH', `${name}+${id}+${typed([...raw, 0])}`),
  bad('there is nothing', 'KEY_MALFORMED', ''),
  bad(
    'the key is a point of small order',
    'KEY_SMALL_ORDER',
    `${name}+${keyIdOf(name, neutral).toString('hex')}+${typed(neutral)}`,
  ),
]);
