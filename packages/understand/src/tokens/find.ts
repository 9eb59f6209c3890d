import { detect } from '../detection/detect.ts';
import { DETECTION_KINDS } from '../detection/kinds.ts';
import { DETECTION_LIMITS } from '../detection/limits.ts';
import { decodeBase64Run, isBase64, isBase64Core, skipPadding } from '../encoding/base64.ts';
import { decodedText } from '../encoding/decoded-text.ts';
import { decodeHexRun, hexValue } from '../encoding/hex.ts';
import { decodePercent } from '../encoding/percent.ts';
import { type Found, mergeFound, type Value, valueOf } from './found.ts';

const { encoded_units_min: RUN_MIN, layers_max: LAYERS_MAX } = DETECTION_LIMITS;

/** A token names so many values of one encoded run at most; the run goes whole all the same. */
const RUN_VALUES_MAX = 8;

/**
 * What has to go from a text: what is detected in it, and runs that hold such a thing under some encoding.
 * The ranges may overlap: each is one value, or one run, as it was written.
 */
export function findIn(text: string): readonly Found[] {
  return find(text, 0);
}

function find(text: string, layer: number): readonly Found[] {
  const found: Found[] = detect(text).map(({ kind, start, end }) => ({
    start,
    end,
    values: [valueOf(kind, text.slice(start, end))],
  }));
  if (layer < LAYERS_MAX && text.length >= RUN_MIN) {
    addRuns(found, text, layer + 1);
    addPercent(found, text, layer + 1);
  }
  return found;
}

/** Percent escapes lie between other characters, so the text is read as a whole and places are led back. */
function addPercent(found: Found[], text: string, layer: number): void {
  const decoded = decodePercent(text);
  if (decoded === null) return;
  for (const { start, end, values } of mergeFound(find(decoded.text, layer))) {
    // `places` has one entry for each unit of the decoded text and one for its end.
    found.push({ start: decoded.places[start] ?? 0, end: decoded.places[end] ?? text.length, values });
  }
}

function addRuns(found: Found[], text: string, layer: number): void {
  for (let start = 0; start + RUN_MIN <= text.length; ) {
    // From the end of the shortest run backwards: one foreign character rules out every run that would hold
    // it.
    let foreign = start + RUN_MIN - 1;
    while (foreign >= start && isBase64(text.charCodeAt(foreign))) foreign--;
    if (foreign >= start) {
      start = foreign + 1;
      continue;
    }
    let end = start + RUN_MIN;
    while (isBase64(text.charCodeAt(end))) end++;
    if (!addRun(found, text, start, end, layer)) addPieces(found, text, start, end, layer);
    start = end + 1;
  }
}

/** The words of a run that slashes, hyphens or underscores join, each read on its own. */
function addPieces(found: Found[], text: string, start: number, end: number, layer: number): void {
  for (let at = start; at < end; at++) {
    const first = at;
    while (at < end && isBase64Core(text.charCodeAt(at))) at++;
    if (at - first >= RUN_MIN && at - first < end - start) addRun(found, text, first, at, layer);
  }
}

function addRun(found: Found[], text: string, start: number, end: number, layer: number): boolean {
  const decoded = decodeRun(text, start, end);
  const values = decoded.flatMap((inner) => mergeFound(find(inner, layer)).flatMap((one) => one.values));
  if (values.length === 0) return false;
  found.push({ start, end: skipPadding(text, end), values: inOrder(values) });
  return true;
}

/** The texts that a run may be: of its hexadecimal digits, and of its base64. */
function decodeRun(text: string, start: number, end: number): readonly string[] {
  const readings: (string | null)[] = [decodedText(decodeBase64Run(text, start, end))];
  const digits = text.startsWith('0x', start) ? start + 2 : start;
  if ((end - digits) % 2 === 0 && isHexRun(text, digits, end)) {
    readings.push(decodedText(decodeHexRun(text, digits, end)));
  }
  return readings.filter(
    (reading): reading is string => reading !== null && reading.length <= DETECTION_LIMITS.text_units_max,
  );
}

function isHexRun(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (hexValue(text.charCodeAt(at)) < 0) return false;
  return true;
}

function inOrder(values: readonly Value[]): readonly Value[] {
  return DETECTION_KINDS.flatMap((kind) => values.filter((value) => value.kind === kind)).slice(
    0,
    RUN_VALUES_MAX,
  );
}
