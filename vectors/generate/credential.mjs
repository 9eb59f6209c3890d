import { digest } from './cell.mjs';
import { writeCases } from './write.mjs';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const take = (count, from) =>
  Array.from({ length: count }, (_, at) => ALPHABET[(from + 7 * at) % ALPHABET.length]).join('');
const ID = take(26, 3);
const SECRET = take(52, 11);
const KEY = `wk_${ID}_${SECRET}`;
// In parts, so that nothing takes a made-up key for a leaked one.
const parts = (text) => [text.slice(0, 29), text.slice(29)];

const good = (reason, text) => ({
  reason,
  text: parts(text),
  id: `key_${text.slice(3, 29)}`,
  digest: digest(`writ/credential/v1\n${text}`),
});
const bad = (reason, text) => ({ reason, text: parts(text), code: 'UNAUTHENTICATED' });

writeCases(
  'credential/access-keys.json',
  'Access keys: the id and the digest, or the code of the refusal (spec/26-credentials.md). ' +
    'Texts stand in parts, to be joined.',
  [
    good('an access key', KEY),
    good('the lowest of all', `wk_${'0'.repeat(26)}_${'0'.repeat(52)}`),
    good('the highest of all', `wk_${'z'.repeat(26)}_${'z'.repeat(52)}`),
    bad('nothing', ''),
    bad('the id alone', `wk_${ID}`),
    bad('the id of the credential', `key_${ID}`),
    bad('the secret alone', SECRET),
    bad('a character too few', KEY.slice(0, -1)),
    bad('a character too many', `${KEY}0`),
    bad('another prefix', `wx_${KEY.slice(3)}`),
    bad('the prefix in upper case', `WK_${KEY.slice(3)}`),
    bad('upper case', KEY.toUpperCase()),
    bad('one letter in upper case', `${KEY.slice(0, -1)}Z`),
    bad('a letter that base32 leaves out in the id', `${KEY.slice(0, 10)}l${KEY.slice(11)}`),
    bad('a letter that base32 leaves out in the secret', `${KEY.slice(0, -1)}u`),
    bad('a dash between id and secret', `wk_${ID}-${SECRET}`),
    bad('a secret of base64', `${KEY.slice(0, -1)}+`),
    bad('a space before it', ` ${KEY.slice(0, -1)}`),
    bad('a newline at its end', `${KEY.slice(0, -1)}\n`),
    bad('a newline after it', `${KEY}\n`),
    bad('a full-width digit', `${KEY.slice(0, -1)}\uff11`),
    bad('a letter beyond ASCII that looks the same', `${KEY.slice(0, -1)}\u0430`),
    bad('two keys', KEY + KEY),
  ],
);
