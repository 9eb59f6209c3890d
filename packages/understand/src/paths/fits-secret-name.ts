import { isMarked, withoutMarks } from '../shell/marks.ts';
import { SECRET_NAMES } from './secret-places.ts';

/** Whether a part of a path that a shell fits to names of files would fit the name of a secret. */
export function fitsSecretName(path: string): boolean {
  return path.split('/').some((part) => {
    if (!isMarked(part)) return SECRET_NAMES.has(part);
    const pattern = withoutMarks(part);
    // Of what fits nearly every name, nothing follows.
    const known = pattern.replaceAll(/[*?[\]]/g, '');
    return known.length > 1 && [...SECRET_NAMES].some((name) => fits(name, pattern));
  });
}

/** A bracket fits any one sign here: what it leaves out, nobody should rely on. */
export function fits(name: string, pattern: string): boolean {
  const signs = pattern.replaceAll(/\[[^\]]*\]/g, '?');
  let nameAt = 0;
  let at = 0;
  let starAt = -1;
  let starName = 0;
  while (nameAt < name.length) {
    const sign = signs.charAt(at);
    if (sign === '*') {
      starAt = at++;
      starName = nameAt;
    } else if (at < signs.length && (sign === '?' || sign === name.charAt(nameAt))) {
      at += 1;
      nameAt += 1;
    } else if (starAt >= 0) {
      at = starAt + 1;
      nameAt = ++starName;
    } else return false;
  }
  return signs.slice(at).replaceAll('*', '') === '';
}
