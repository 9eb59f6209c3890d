/**
 * What a text for the shell names, as far as its letters say. Nothing is decided here: what it means is not.
 */
export type ScannedWords = {
  /** Everything that could be a path or a name, without its quotes. */
  readonly words: readonly string[];
  /** What stands where a program would. */
  readonly programs: readonly string[];
  /** Whether something in it could change files: false only where every program is known to look. */
  readonly may_change: boolean;
};

/** More than anybody writes; what is beyond is not observed. */
const WORDS_MAX = 512;
/** A text within a word of a text within a word: `sh -c`. */
const DEPTH_MAX = 3;

/** Begins a command, wherever it stands. */
const ENDS_COMMAND = new Set([';', '|', '&', '\n', '(', ')', '{', '}', '`', '!']);
/** What runs the program that follows it. */
const BEFORE_PROGRAM = words(`
  builtin busybox command doas do else env exec fi if ionice nice nohup stdbuf setsid sudo then time timeout
  unbuffer until watch while xargs -exec -execdir -ok -okdir`);
/** Programs that change no file, whatever their words are. */
const LOOKS = words(`
  [ basename cat cd cmp comm cut date df diff dirname du echo egrep false fgrep file fold free grep
  groups head hostname id jq ls md5sum nl od paste pgrep printf ps pwd readlink realpath rg seq sha1sum
  sha256sum sleep stat strings tac tail test tr true tty type uname uptime wc whereis which who whoami`);

/** What git only looks with, when that is its first word. */
const GIT_LOOKS = words(`
  blame cat-file describe diff log ls-files ls-tree rev-list rev-parse shortlog show status`);

/** Whether a program changes no file, as far as its name and its first word say. */
export function onlyLooks(program: string, first: string | undefined): boolean {
  return LOOKS.has(program) || (program === 'git' && first !== undefined && GIT_LOOKS.has(first));
}

export function scanWords(text: string): ScannedWords {
  const found: Found = { words: new Set(), programs: new Set(), may_change: false, last: null };
  scan(text, found, 0);
  changeOf(found, undefined);
  const { may_change, programs, words: places } = found;
  return { words: [...places], programs: [...programs], may_change };
}

type Found = {
  readonly words: Set<string>;
  readonly programs: Set<string>;
  may_change: boolean;
  /** The program whose first word has not come yet. */
  last: string | null;
};

function changeOf(found: Found, first: string | undefined): void {
  if (found.last !== null) found.may_change ||= !onlyLooks(found.last, first);
  found.last = null;
}

/** A quote holds everything to its end together; a sign outside of quotes parts. */
const TOKEN = new RegExp(
  [
    /'[^']*'/,
    /"(?:\\[^]|[^"\\])*"/,
    /\\[^]/,
    /\$\{[A-Za-z_]+\}/,
    /\$\(/,
    /[;|&(){}`!\n]/,
    /[<>]+/,
    /[ \t\r]+/,
    /[^;|&(){}`!\n<> \t\r'"\\$]+/,
    /[^]/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

function scan(text: string, found: Found, depth: number): void {
  let word = '';
  let quoted = false;
  let isProgram = true;
  let isTarget = false;
  const end = (): void => {
    if (word !== '' || quoted) take();
    isTarget = false;
    word = '';
    quoted = false;
  };
  const take = (): void => {
    if (found.words.size >= WORDS_MAX) {
      found.may_change = true;
      return;
    }
    const begins = isProgram && !isTarget;
    if (quoted && depth < DEPTH_MAX && /[\s;|&<>]/.test(word)) scan(word, found, depth + 1);
    const leads = leadsOn(word);
    if (!isTarget) changeOf(found, word);
    if (begins && !leads) {
      found.programs.add(word);
      found.last = word;
    }
    isProgram = BEFORE_PROGRAM.has(word) || (begins && leads);
    // A program by its bare name is found by a search, and an option is no place but behind its sign.
    const isPlace = !word.startsWith('-') || word.includes('=');
    if (isPlace && (!begins || word.includes('/'))) found.words.add(word);
  };
  for (const [token] of text.matchAll(TOKEN)) {
    if (/^[<>]+$/.test(token)) {
      end();
      isTarget = true;
      found.may_change ||= token.includes('>');
    } else if (ENDS_COMMAND.has(token) || token === '$(') {
      end();
      changeOf(found, undefined);
      isProgram = true;
    } else if (/^[ \t\r]+$/.test(token)) end();
    else {
      quoted ||= /^['"]/.test(token) && token.length > 1;
      word += unquote(token);
    }
  }
  end();
}

/** Behind an assignment, a wrapper, or an option or a time of one, a program may follow. */
function leadsOn(word: string): boolean {
  const isOption = word.startsWith('-') || /^[0-9.]+[smhd]?$/.test(word);
  return isOption || /^[A-Za-z_][A-Za-z0-9_]*=/.test(word) || BEFORE_PROGRAM.has(word);
}

function unquote(token: string): string {
  if (token.length > 1 && token.startsWith("'")) return token.slice(1, -1);
  if (token.length > 1 && token.startsWith('"')) return token.slice(1, -1).replace(/\\(["\\$`])/g, '$1');
  if (token.startsWith('\\')) return token.slice(1).replace('\n', '');
  return token;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
