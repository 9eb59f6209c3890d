import { wordSet } from '../word-set.ts';
import type { Quoting } from './tokenise-code.ts';

export type Language = {
  readonly quoting: Quoting;
  /** Code of nothing but these names, numbers and texts computes and shows something. */
  readonly harmless: ReadonlySet<string>;
  /** Signs that mean nothing else than they seem to: no text, no pattern and no command begins with one. */
  readonly signs: RegExp;
  /** Where a call is written without brackets: `system "ls"`. */
  readonly bare: boolean;
};

const PYTHON: Language = {
  quoting: {
    comments: ['#'],
    quotes: { "'": 'computes', '"': 'computes' },
    computes: /[{}]/,
    triples: true,
  },
  harmless: wordSet(`
    print len range str int float bool list dict set tuple sum min max sorted reversed enumerate zip
    map filter any all abs round chr ord hex oct bin repr format divmod pow isinstance type iter next
    slice bytes bytearray frozenset complex hash id True False None if else elif for in not and or is
    lambda while break continue pass return def import from try except finally raise assert with
    yield as
    json sys math re datetime time random string itertools collections functools operator
    statistics decimal fractions textwrap hashlib base64 uuid platform calendar loads dumps load dump
    stdin stdout stderr argv version version_info maxsize platform read readline readlines write flush
    exit join split strip lstrip rstrip replace upper lower title startswith endswith find count index
    encode decode append extend items keys values get pop sort isdigit isalpha zfill ljust rjust
    center splitlines sqrt floor ceil log exp sin cos pi e now today utcnow isoformat strftime
    timedelta date timestamp fromtimestamp sleep randint choice shuffle seed uniform sub match search
    findall compile group groups Counter defaultdict OrderedDict namedtuple reduce partial sha256 sha1
    md5 sha512 hexdigest digest b64encode b64decode urlsafe_b64encode uuid4 uuid1 uuid5 system_version
    python_version machine mean median stdev indent sort_keys ensure_ascii separators sep end file key
    default f r b u rb x y z i j k n v a c d s l m o p q t w data obj result line lines row rows
    Exception ValueError KeyError TypeError IndexError`),
  signs: /^[-()[\]{}.,:;=+*/%<>!&|^~\n]$/,
  bare: false,
};
const JAVASCRIPT: Language = {
  quoting: {
    comments: ['//', '/*'],
    quotes: { "'": 'escapes', '"': 'escapes', '`': 'computes' },
    computes: /\$\{/,
  },
  harmless: wordSet(`
    console log error warn info table JSON parse stringify Math max min floor ceil round random sqrt
    pow abs PI trunc Object keys values entries assign fromEntries Array isArray from of map filter
    reduce forEach join split slice concat includes indexOf find some every sort reverse flat flatMap
    push pop shift fill length String Number Boolean parseInt parseFloat toString toFixed toUpperCase
    toLowerCase trim replace replaceAll startsWith endsWith padStart padEnd repeat charCodeAt charAt
    fromCharCode Date now toISOString getTime Set Map has get add size BigInt Symbol true false null
    undefined NaN Infinity const let var if else for of in while return new typeof function process
    name scripts dependencies devDependencies version versions node platform arch argv v8 uptime
    hrtime memoryUsage exit a b c d e f i j k n s v x y z
    data obj result line lines row item key value acc err res`),
  signs: /^[-()[\]{}.,:;=+*%<>!&|^~?\n]$/,
  bare: false,
};
const PERL: Language = {
  quoting: { comments: ['#'], quotes: { "'": 'plain', '"': 'computes' }, computes: /[$@]/ },
  harmless: wordSet(
    'print say printf join map length uc lc reverse sort scalar time localtime n my for foreach if',
  ),
  signs: /^[-(),;.+*=\n]$/,
  bare: true,
};
const RUBY: Language = {
  quoting: { comments: ['#'], quotes: { "'": 'plain', '"': 'computes' }, computes: /#\{/ },
  harmless: wordSet(`
    puts print p pp join map each do end upcase downcase reverse sort sum min max length size to_s
    to_i to_f times if else true false nil RUBY_VERSION Time now first last select reject inspect`),
  signs: /^[-(),;.+*=[\]{}|&:!\n]$/,
  bare: true,
};
const PHP: Language = {
  quoting: {
    comments: ['//', '/*'],
    quotes: { "'": 'plain', '"': 'computes' },
    computes: /[$]/,
  },
  harmless: wordSet(`
    echo print print_r var_dump strlen count json_encode json_decode PHP_VERSION PHP_EOL phpversion
    date time implode explode strtoupper strtolower md5 sha1 PHP_OS php_uname`),
  signs: /^[-(),;.+*=[\]\n]$/,
  bare: true,
};
const AWK: Language = {
  quoting: { comments: ['#'], quotes: { '"': 'escapes' }, computes: /\0/, patterns: true },
  harmless: wordSet(`
    print printf BEGIN END NR NF FS OFS ORS RS FNR FILENAME SUBSEP length substr index split sub gsub
    gensub match sprintf tolower toupper int sqrt exp log sin cos atan2 rand srand if else for while
    do in next exit delete return function`),
  signs: /^[-()[\]{}.,:;=+*/%<>!&|^~?\n\\]$/,
  bare: true,
};

const LANGUAGES: Readonly<Record<string, Language>> = {
  python: PYTHON,
  pypy: PYTHON,
  node: JAVASCRIPT,
  nodejs: JAVASCRIPT,
  bun: JAVASCRIPT,
  deno: JAVASCRIPT,
  tsx: JAVASCRIPT,
  'ts-node': JAVASCRIPT,
  perl: PERL,
  ruby: RUBY,
  php: PHP,
  awk: AWK,
  gawk: AWK,
  mawk: AWK,
  nawk: AWK,
};

/** The language that a program of this name runs; null where nobody knows. */
export function languageOf(executable: string): Language | null {
  const name = executable.slice(executable.lastIndexOf('/') + 1).replace(/[0-9.]+$/, '');
  return Object.hasOwn(LANGUAGES, name) ? (LANGUAGES[name] ?? null) : null;
}

/** Where what is no name of the language itself is a variable of the program. */
export function hasOwnVariables(language: Language): boolean {
  return language === AWK;
}

/** Where a member may be named by a text that is computed. */
export function hasNamedMembers(language: Language): boolean {
  return language === JAVASCRIPT;
}
