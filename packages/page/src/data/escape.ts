/**
 * The encoders of this package: what comes from a record, a proof or a key reaches HTML through these two, or
 * through `textContent` in the browser, and in no other way.
 */
const MARKUP: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for the content of an element or a quoted attribute, with all that `showAscii` makes visible. */
export function escapeHtml(text: string): string {
  return showAscii(text).replace(/[&<>"']/g, (character) => MARKUP[character] ?? '');
}

/**
 * JSON for the content of a `script` element, in one line of ASCII. Within JSON `<`, `>` and `&` stand in
 * strings only, where an escape says the same; so nothing in it can end the element or begin a comment.
 */
export function escapeJson(json: string): string {
  return json.replace(/[<>&\u007f-\uffff]/g, (unit) => `\\u${hex(unit.charCodeAt(0)).padStart(4, '0')}`);
}

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const NOT_ASCII = /[^\n\u0020-\u007e\u2014]/gu;

/**
 * What a reader cannot see, or may take for something else. Lists of their own, so that they do not follow
 * the Unicode version of an engine: controls, spaces other than ASCII's, line ends other than LF, halves of
 * pairs.
 */
const BLANK =
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff]/gu;
/** Direction, zero width, fillers, joiners, variation selectors. */
const HIDDEN =
  /[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]/gu;
const MARKING =
  // oxlint-disable-next-line no-misleading-character-class -- they are a set here, and no sequence
  /[\u034f\u180b-\u180d\u180f\ufe00-\ufe0f\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;
/** Private use and what is no character: they look as somebody's font likes. */
const NOBODYS = /[\ue000-\uf8ff\ufff0-\uffff\u{f0000}-\u{10ffff}]/gu;
const UNSEEN: readonly RegExp[] = [BLANK, HIDDEN, MARKING, NOBODYS];

/** An escape that stands in the text itself must not pass for one of ours. */
const LOOKALIKE = /\\(?=u\{)/g;

/**
 * Names, ids and proofs: in a sound one everything is ASCII, but for the dash (U+2014) before each signature
 * of a note; so whatever is not shows its number.
 */
export function showAscii(text: string): string {
  return text.replace(LOOKALIKE, '\\u{5c}').replace(NOT_ASCII, escapeCharacter);
}

/** Text of people, such as arguments: letters of every script as they are, what cannot be seen by number. */
export function showText(text: string): string {
  const marked = text.replace(LOOKALIKE, '\\u{5c}');
  return UNSEEN.reduce((shown, pattern) => shown.replace(pattern, escapeCharacter), marked);
}

function escapeCharacter(character: string): string {
  return `\\u{${hex(character.codePointAt(0) ?? 0)}}`;
}

function hex(value: number): string {
  return value.toString(16);
}
