import { lowerAscii } from '../detection/characters.ts';

const URL_UNITS_MAX = 2_048;
/** Scheme, host, port, rest. No user, no escape and no other sign in what names the host. */
const FORM = /^(https?):\/\/([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?([/?#][!-~]*)?$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const OCTET = /^(?:0|[1-9][0-9]{0,2})$/;

/**
 * The host that a URL names, in the one spelling that every reader of URLs gives it; null for anything else.
 * Nobody is asked where the name leads.
 */
export function hostOf(url: string): string | null {
  if (url.length > URL_UNITS_MAX) return null;
  const parts = FORM.exec(url);
  // Readers differ on a backslash, and programs on brackets and braces, which some take for a list.
  if (parts === null || /[\\{}[\]]/.test(parts[4] ?? '')) return null;
  if (Number((parts[3] ?? ':1').slice(1)) > 65_535) return null;
  const host = lowerAscii(parts[2] ?? '');
  return host.startsWith('[') || isName(host) ? host : null;
}

function isName(host: string): boolean {
  const labels = host.split('.');
  if (!labels.every((label) => LABEL.test(label))) return false;
  const last = labels.at(-1) ?? '';
  // What ends in a number is an address, and an address has four numbers: other spellings are a way to hide
  // it.
  if (!/^(?:[0-9]+|0x[0-9a-f]*)$/.test(last)) return true;
  return labels.length === 4 && labels.every((label) => OCTET.test(label) && Number(label) <= 255);
}
