import { isAlphanumeric, isDigit, isHex, isUpper, isWord } from './characters.ts';
import { type Detection, unchecked } from './kinds.ts';

type Body = (unit: number) => boolean;

/** A credential that its issuer marks: a prefix, then so many characters of its alphabet. */
type Mark = { readonly prefix: string; readonly body: Body; readonly min: number; readonly max: number };

const HYPHEN = 0x2d;
const DOT = 0x2e;

const isUpperOrDigit: Body = (unit) => isUpper(unit) || isDigit(unit);
const isUrlSafe: Body = (unit) => isWord(unit) || unit === HYPHEN;
const isUrlSafeOrDot: Body = (unit) => isUrlSafe(unit) || unit === DOT;
const isAlphanumericOrHyphen: Body = (unit) => isAlphanumeric(unit) || unit === HYPHEN;

/** No exact length: whatever goes on is taken whole, never in part. */
const ANY: number = Number.MAX_SAFE_INTEGER;

const MARKS: readonly Mark[] = [
  // AWS access key ids: long-lived, temporary, and those of services. Exactly twenty characters.
  { prefix: 'AKIA', body: isUpperOrDigit, min: 16, max: 16 },
  { prefix: 'ASIA', body: isUpperOrDigit, min: 16, max: 16 },
  { prefix: 'ABIA', body: isUpperOrDigit, min: 16, max: 16 },
  { prefix: 'ACCA', body: isUpperOrDigit, min: 16, max: 16 },
  { prefix: 'AIza', body: isUrlSafe, min: 35, max: 35 }, // Google API key
  { prefix: 'AGE-SECRET-KEY-1', body: isUpperOrDigit, min: 58, max: 58 },
  { prefix: 'GOCSPX-', body: isUrlSafe, min: 28, max: 28 }, // Google OAuth client secret
  { prefix: 'PMAK-', body: isAlphanumericOrHyphen, min: 59, max: 59 }, // Postman
  { prefix: 'SG.', body: isUrlSafeOrDot, min: 66, max: 66 }, // SendGrid
  { prefix: 'dapi', body: isHex, min: 32, max: 32 }, // Databricks
  { prefix: 'dop_v1_', body: isHex, min: 64, max: 64 }, // DigitalOcean
  { prefix: 'ghp_', body: isAlphanumeric, min: 36, max: ANY },
  { prefix: 'gho_', body: isAlphanumeric, min: 36, max: ANY },
  { prefix: 'ghu_', body: isAlphanumeric, min: 36, max: ANY },
  { prefix: 'ghs_', body: isUrlSafeOrDot, min: 36, max: ANY },
  { prefix: 'ghr_', body: isAlphanumeric, min: 36, max: ANY },
  { prefix: 'github_pat_', body: isWord, min: 36, max: ANY },
  { prefix: 'glpat-', body: isUrlSafeOrDot, min: 20, max: ANY }, // GitLab
  { prefix: 'hf_', body: isAlphanumeric, min: 30, max: ANY }, // Hugging Face
  { prefix: 'hvs.', body: isUrlSafe, min: 24, max: ANY }, // HashiCorp Vault
  { prefix: 'lin_api_', body: isAlphanumeric, min: 32, max: ANY }, // Linear
  { prefix: 'npm_', body: isAlphanumeric, min: 36, max: 36 },
  { prefix: 'pypi-AgE', body: isUrlSafe, min: 50, max: ANY },
  { prefix: 'rk_live_', body: isAlphanumeric, min: 16, max: ANY }, // Stripe
  { prefix: 'rk_test_', body: isAlphanumeric, min: 16, max: ANY },
  { prefix: 'shpat_', body: isHex, min: 32, max: 32 }, // Shopify
  { prefix: 'sk_live_', body: isAlphanumeric, min: 16, max: ANY },
  { prefix: 'sk_test_', body: isAlphanumeric, min: 16, max: ANY },
  { prefix: 'sk-ant-', body: isUrlSafe, min: 32, max: ANY }, // Anthropic
  { prefix: 'sk-proj-', body: isUrlSafe, min: 32, max: ANY }, // OpenAI
  { prefix: 'sk-', body: isAlphanumeric, min: 40, max: ANY },
  { prefix: 'whsec_', body: isAlphanumeric, min: 24, max: ANY },
  // Our own access keys: the id, and enough of the secret that the rest could be found by trying. With
  // whatever is joined to one, for the secret is in it all the same.
  { prefix: 'wk_', body: isWord, min: 26 + 1 + 36, max: ANY },
  { prefix: 'xapp-', body: isAlphanumericOrHyphen, min: 20, max: ANY }, // Slack
  { prefix: 'xoxa-', body: isAlphanumericOrHyphen, min: 10, max: ANY },
  { prefix: 'xoxb-', body: isAlphanumericOrHyphen, min: 10, max: ANY },
  { prefix: 'xoxe-', body: isAlphanumericOrHyphen, min: 10, max: ANY },
  { prefix: 'xoxe.', body: isUrlSafeOrDot, min: 20, max: ANY },
  { prefix: 'xoxo-', body: isAlphanumericOrHyphen, min: 10, max: ANY },
  { prefix: 'xoxp-', body: isAlphanumericOrHyphen, min: 10, max: ANY },
  { prefix: 'xoxr-', body: isAlphanumericOrHyphen, min: 10, max: ANY },
  { prefix: 'xoxs-', body: isAlphanumericOrHyphen, min: 10, max: ANY },
  { prefix: 'ya29.', body: isUrlSafe, min: 20, max: ANY }, // Google OAuth access token
];

/** The marks by their first character. */
const BY_FIRST: readonly (readonly Mark[])[] = Array.from({ length: 128 }, (_, unit) =>
  MARKS.filter(({ prefix }) => prefix.charCodeAt(0) === unit),
);

/** The first two characters of every mark. */
export const MARK_BEGINNINGS: readonly string[] = [...new Set(MARKS.map(({ prefix }) => prefix.slice(0, 2)))];

/** A marked credential that begins at `at`, where a word begins. */
export function scanMarked(text: string, at: number): Detection | null {
  const marks = BY_FIRST[text.charCodeAt(at)];
  if (marks === undefined) return null;
  for (const { prefix, body, min, max } of marks) {
    if (!text.startsWith(prefix, at)) continue;
    const first = at + prefix.length;
    let end = first;
    // INVARIANT: what is stepped over without a limit is then taken, so that no text is read many times.
    const last = max === ANY ? text.length : first + max + 1;
    while (end < last && body(text.charCodeAt(end))) end++;
    while (end > first && !isWord(text.charCodeAt(end - 1))) end--; // a full stop or a dash after it
    const length = end - first;
    // An exact length is the check of such a mark: what goes on is something else.
    if (length >= min && length <= max) return unchecked('secret', at, end);
  }
  return null;
}
