import { mixesLookAlikes, seemsAscii, stylesAscii } from '../unicode/confusable.ts';
import { decodePunycode } from '../unicode/punycode.ts';

const FORM = 'xn--';

/** Whether people take a name of a host for another one, in letters or in the ASCII form of such. */
export function readsTwoWays(host: string): boolean {
  return host.split('.').some((label) => {
    const shown = label.startsWith(FORM) ? decodePunycode(label.slice(FORM.length)) : label;
    // What claims to be such a form and is none is read differently everywhere.
    if (shown === null) return true;
    return mixesLookAlikes(shown) || seemsAscii(shown) || stylesAscii(shown);
  });
}
