import { isAlphanumeric, isDigit, isHex, isLower, isToken, isUpper, isWord } from './characters.ts';

type Body = (unit: number) => boolean;

/** A credential that its issuer marks: a prefix, then so many characters of its alphabet. */
export type Mark = {
  readonly prefix: string;
  readonly body: Body;
  readonly min: number;
  readonly max: number;
  /** Such that it ends in a checksum over what stands before, in the forms of today. */
  readonly summed?: true;
};

const HYPHEN = 0x2d;
const DOT = 0x2e;

const isUpperOrDigit: Body = (unit) => isUpper(unit) || isDigit(unit);
const isLowerOrDigit: Body = (unit) => isLower(unit) || isDigit(unit);
const isUrlSafe: Body = (unit) => isWord(unit) || unit === HYPHEN;
const isUrlSafeOrDot: Body = (unit) => isUrlSafe(unit) || unit === DOT;
const isAlphanumericOrHyphen: Body = (unit) => isAlphanumeric(unit) || unit === HYPHEN;

/** No exact length: whatever goes on is taken whole, never in part. */
export const ANY: number = Number.MAX_SAFE_INTEGER;

export const MARKS: readonly Mark[] = [
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
  { prefix: 'ghp_', body: isAlphanumeric, min: 36, max: ANY, summed: true },
  { prefix: 'gho_', body: isAlphanumeric, min: 36, max: ANY, summed: true },
  { prefix: 'ghu_', body: isAlphanumeric, min: 36, max: ANY, summed: true },
  { prefix: 'ghs_', body: isUrlSafeOrDot, min: 36, max: ANY },
  { prefix: 'ghr_', body: isAlphanumeric, min: 36, max: ANY, summed: true },
  { prefix: 'github_pat_', body: isWord, min: 36, max: ANY },
  { prefix: 'glpat-', body: isUrlSafeOrDot, min: 20, max: ANY }, // GitLab
  { prefix: 'hf_', body: isAlphanumeric, min: 30, max: ANY }, // Hugging Face
  { prefix: 'hvs.', body: isUrlSafe, min: 24, max: ANY }, // HashiCorp Vault
  { prefix: 'lin_api_', body: isAlphanumeric, min: 32, max: ANY }, // Linear
  { prefix: 'npm_', body: isAlphanumeric, min: 36, max: 36, summed: true },
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
  { prefix: 'glagent-', body: isUrlSafeOrDot, min: 20, max: ANY }, // GitLab, by what each is for
  { prefix: 'glcbt-', body: isUrlSafeOrDot, min: 20, max: ANY },
  { prefix: 'gldt-', body: isUrlSafeOrDot, min: 20, max: ANY },
  { prefix: 'glft-', body: isUrlSafeOrDot, min: 20, max: ANY },
  { prefix: 'glimt-', body: isUrlSafeOrDot, min: 20, max: ANY },
  { prefix: 'gloas-', body: isUrlSafeOrDot, min: 20, max: ANY },
  { prefix: 'glptt-', body: isUrlSafeOrDot, min: 20, max: ANY },
  { prefix: 'glrt-', body: isUrlSafeOrDot, min: 20, max: ANY },
  { prefix: 'glsoat-', body: isUrlSafeOrDot, min: 20, max: ANY },
  { prefix: 'ATATT3x', body: isToken, min: 60, max: ANY }, // Atlassian
  { prefix: 'ATCTT3x', body: isToken, min: 60, max: ANY },
  { prefix: 'ATBB', body: isAlphanumeric, min: 28, max: 32 }, // Bitbucket
  { prefix: 'CCIPAT_', body: isUrlSafe, min: 40, max: ANY }, // CircleCI
  { prefix: 'CFPAT-', body: isUrlSafe, min: 40, max: ANY }, // Contentful
  { prefix: 'EAACEdEose0cBA', body: isAlphanumeric, min: 20, max: ANY }, // Facebook
  { prefix: 'FlyV1 ', body: isToken, min: 40, max: ANY }, // Fly.io
  { prefix: 'HRKU-', body: isUrlSafe, min: 36, max: ANY }, // Heroku
  { prefix: 'NRAK-', body: isUpperOrDigit, min: 27, max: 27 }, // New Relic
  { prefix: 'SK', body: isHex, min: 32, max: 32 }, // Twilio
  { prefix: 'bkua_', body: isHex, min: 40, max: 40 }, // Buildkite
  { prefix: 'dckr_oat_', body: isUrlSafe, min: 24, max: ANY }, // Docker
  { prefix: 'dckr_pat_', body: isUrlSafe, min: 24, max: ANY },
  { prefix: 'doo_v1_', body: isHex, min: 64, max: 64 },
  { prefix: 'dor_v1_', body: isHex, min: 64, max: 64 },
  { prefix: 'dp.pt.', body: isAlphanumeric, min: 40, max: ANY }, // Doppler
  { prefix: 'dp.st.', body: isUrlSafeOrDot, min: 40, max: ANY },
  { prefix: 'figd_', body: isUrlSafe, min: 36, max: ANY }, // Figma
  { prefix: 'fo1_', body: isUrlSafe, min: 40, max: ANY },
  { prefix: 'glc_', body: isToken, min: 40, max: ANY }, // Grafana
  { prefix: 'glsa_', body: isWord, min: 40, max: ANY },
  { prefix: 'gsk_', body: isAlphanumeric, min: 48, max: ANY }, // Groq
  { prefix: 'hvb.', body: isUrlSafe, min: 90, max: ANY },
  { prefix: 'nfp_', body: isAlphanumeric, min: 36, max: ANY }, // Netlify
  { prefix: 'ntn_', body: isAlphanumeric, min: 40, max: ANY }, // Notion
  { prefix: 'ops_eyJ', body: isUrlSafe, min: 100, max: ANY }, // 1Password
  { prefix: 'oy2', body: isLowerOrDigit, min: 43, max: 43 }, // NuGet
  { prefix: 'pplx-', body: isAlphanumeric, min: 40, max: ANY }, // Perplexity
  { prefix: 'pscale_oauth_', body: isUrlSafeOrDot, min: 32, max: ANY }, // PlanetScale
  { prefix: 'pscale_pw_', body: isUrlSafeOrDot, min: 32, max: ANY },
  { prefix: 'pscale_tkn_', body: isUrlSafeOrDot, min: 32, max: ANY },
  { prefix: 'pul-', body: isHex, min: 40, max: 40 }, // Pulumi
  { prefix: 'r8_', body: isAlphanumeric, min: 37, max: ANY }, // Replicate
  { prefix: 'rubygems_', body: isHex, min: 48, max: 48 },
  { prefix: 'sbp_', body: isHex, min: 40, max: ANY }, // Supabase
  { prefix: 'sb_secret_', body: isUrlSafe, min: 20, max: ANY },
  { prefix: 'secret_', body: isAlphanumeric, min: 43, max: 43 }, // Notion, before
  { prefix: 'shpca_', body: isHex, min: 32, max: 32 },
  { prefix: 'shppa_', body: isHex, min: 32, max: 32 },
  { prefix: 'shpss_', body: isHex, min: 32, max: 32 },
  { prefix: 'sk-admin-', body: isUrlSafe, min: 32, max: ANY },
  { prefix: 'sk-svcacct-', body: isUrlSafe, min: 32, max: ANY },
  { prefix: 'sk-or-v1-', body: isHex, min: 64, max: 64 }, // OpenRouter
  { prefix: 'sl.', body: isUrlSafe, min: 130, max: ANY }, // Dropbox
  { prefix: 'sntrys_', body: isToken, min: 60, max: ANY }, // Sentry
  { prefix: 'sntryu_', body: isHex, min: 64, max: 64 },
  { prefix: 'sq0atp-', body: isUrlSafe, min: 22, max: 22 }, // Square
  { prefix: 'sq0csp-', body: isUrlSafe, min: 43, max: 43 },
  { prefix: 'tskey-', body: isUrlSafe, min: 30, max: ANY }, // Tailscale
  { prefix: 'xai-', body: isAlphanumeric, min: 60, max: ANY }, // xAI
  { prefix: 'xkeysib-', body: isUrlSafe, min: 64, max: ANY }, // Brevo
];
