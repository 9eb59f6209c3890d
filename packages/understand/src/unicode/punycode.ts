/** RFC 3492, as much of it as decodes one label of a name. */
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_BIAS = 72;
const FIRST_POINT = 0x80;
const LABEL_UNITS_MAX = 63;
const POINT_MAX = 0x10ffff;

/** What stands behind `xn--`, decoded; null where it is none. */
export function decodePunycode(text: string): string | null {
  if (text.length > LABEL_UNITS_MAX || !/^[a-z0-9-]*$/.test(text)) return null;
  const last = text.lastIndexOf('-');
  const output = Array.from(last > 0 ? text.slice(0, last) : '', (sign) => sign.charCodeAt(0));
  let point = FIRST_POINT;
  let bias = FIRST_BIAS;
  let index = 0;
  for (let at = last > 0 ? last + 1 : 0; at < text.length; ) {
    const read = readNumber(text, at, bias);
    if (read === null) return null;
    const before = index;
    index += read.value;
    at = read.end;
    const count = output.length + 1;
    bias = adapt(index - before, count, before === 0);
    point += Math.floor(index / count);
    index %= count;
    if (point > POINT_MAX) return null;
    output.splice(index, 0, point);
    index += 1;
  }
  return output.map((one) => String.fromCodePoint(one)).join('');
}

function readNumber(text: string, from: number, bias: number): { value: number; end: number } | null {
  let value = 0;
  let weight = 1;
  for (let at = from, k = BASE; ; at++, k += BASE) {
    const digit = digitAt(text, at);
    if (digit < 0) return null;
    value += digit * weight;
    if (value > Number.MAX_SAFE_INTEGER / BASE) return null;
    const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias));
    if (digit < threshold) return { value, end: at + 1 };
    weight *= BASE - threshold;
  }
}

function digitAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit >= 0x61 && unit <= 0x7a) return unit - 0x61;
  return unit >= 0x30 && unit <= 0x39 ? unit - 0x30 + 26 : -1;
}

function adapt(delta: number, count: number, first: boolean): number {
  let rest = first ? Math.floor(delta / DAMP) : Math.floor(delta / 2);
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
