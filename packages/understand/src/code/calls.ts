import type { Effect } from '@writ/contract';
import { wordSet } from '../word-set.ts';
import type { CodeToken } from './tokenise-code.ts';

/** What a call is known to do with what it is given. */
export type Call = {
  readonly does: 'lose' | 'tree' | 'write' | 'read' | 'shell' | 'command' | 'url' | 'alter' | 'evaluate';
  /** The texts in its brackets, of a list in it each; null for one that is computed. */
  readonly texts: readonly (string | null)[];
  readonly effects: readonly Effect[];
};

const LOSING: ReadonlySet<string> = wordSet(`
    remove unlink unlinkSync rmdir rmdirSync removedirs delete truncate truncateSync rm_f remove_file`);
const LOSING_TREES: ReadonlySet<string> = wordSet(`
    rmtree rmSync rm rm_rf rm_r remove_dir remove_entry remove_entry_secure remove_tree rimraf
    emptyDirSync removeSync`);
const WRITING: ReadonlySet<string> = wordSet(`
    writeFile writeFileSync appendFile appendFileSync createWriteStream file_put_contents write_text
    write_bytes copyFileSync renameSync rename symlinkSync symlink`);
const ALTERING: ReadonlySet<string> = wordSet('chmod chown chmodSync chownSync chmod_R chown_R');
const READING: ReadonlySet<string> = wordSet(`
    open readFile readFileSync createReadStream file_get_contents read_text read_bytes readfile fopen
    slurp`);
const SHELLS: ReadonlySet<string> = wordSet(`
    system popen popen2 popen3 exec execSync shell_exec passthru getoutput getstatusoutput qx
    proc_open pcntl_exec`);
const COMMANDS: ReadonlySet<string> = wordSet(`
    run call check_call check_output Popen spawn spawnSync execFile execFileSync fork spawnl spawnlp
    spawnv spawnvp execv execve execvp execvpe execl execle execlp capture2 capture3`);
const EVALUATING: ReadonlySet<string> = wordSet(`
    eval compile __import__ getattr setattr globals exec_module import_module Function
    runInThisContext runInNewContext instance_eval class_eval send constantize unserialize assert
    create_function load_module`);
const ASKING: ReadonlySet<string> = wordSet(`
    urlopen urlretrieve fetch request get head http_get curl_exec curl_init connect create_connection
    axios got createConnection gethostbyname getaddrinfo Request HTTPConnection HTTPSConnection`);
const SENDING: ReadonlySet<string> = wordSet(
  'post put patch sendmail send_message sendall sendto upload putobject',
);

/** What `name` with these brackets is; null for what nothing is known of. */
export function callOf(name: string, before: readonly string[], inside: readonly CodeToken[]): Call | null {
  const texts = textsOf(inside);
  const known = (does: Call['does'], effects: readonly Effect[] = []): Call => ({ does, texts, effects });
  if (LOSING_TREES.has(name)) return known('tree');
  if (LOSING.has(name)) return known('lose');
  if (WRITING.has(name)) return known('write');
  if (ALTERING.has(name)) return known('alter');
  if (SHELLS.has(name)) return known(isList(inside) ? 'command' : 'shell');
  if (COMMANDS.has(name)) return known(isList(inside) || texts.length > 1 ? 'command' : 'shell');
  if (name === 'open' || name === 'fopen') return known(opensToWrite(texts) ? 'write' : 'read');
  if (READING.has(name)) return known('read');
  if (EVALUATING.has(name)) return known('evaluate', ['EXECUTE_CODE']);
  if (SENDING.has(name)) return known('url', ['NETWORK_CALL', 'UPLOAD']);
  if (!ASKING.has(name)) return null;
  // A dictionary has a `get`, too: that of a module is meant, or one that is given an address.
  const reaches =
    name !== 'get' || before.some((one) => /request|http|axios|got|session/i.test(one)) || isUrl(texts[0]);
  return reaches ? known('url', ['NETWORK_CALL', 'DOWNLOAD']) : null;
}

function isUrl(text: string | null | undefined): boolean {
  return text !== null && text !== undefined && /^[a-z]+:\/\//i.test(text);
}

function isList(inside: readonly CodeToken[]): boolean {
  return inside.find(({ text }) => text.trim() !== '')?.text === '[';
}

function opensToWrite(texts: readonly (string | null)[]): boolean {
  const mode = texts[1];
  return texts[0]?.startsWith('>') === true || mode === null || (mode !== undefined && /[wax+>]/.test(mode));
}

/** Each text by itself; two that are joined, or anything else, are computed. */
function textsOf(inside: readonly CodeToken[]): readonly (string | null)[] {
  const texts: (string | null)[] = [];
  let part: CodeToken[] = [];
  const end = (): void => {
    const [only] = part;
    if (only !== undefined)
      texts.push(part.length === 1 && only.kind === 'text' && only.plain ? only.text : null);
    part = [];
  };
  for (const token of inside) {
    if (token.kind === 'sign' && /[[\]{},\n]/.test(token.text)) end();
    else part.push(token);
  }
  end();
  return texts;
}
