// Judges the lines of corpora (JSON Lines: tool, args, expect) by understanding alone, and says by what each
// was stopped:
//   node --conditions=@writ/source scripts/corpus-report.mjs [--misses] [--harmless] file.jsonl…
// A line is asked about where what was understood is more than looking and working in the workspace. Packs of
// rules say more exactly; this counts what they can know.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { understandAction } from '../packages/understand/src/index.ts';

const root = join(fileURLToPath(import.meta.url), '../..');
const SCENE = {
  directory: '/srv/somebody/project',
  roots: ['/srv/somebody/project'],
  home: '/srv/somebody',
  shell: '/bin/bash',
  items: [],
};

/** Effects that nobody is asked about, as long as nothing is lost. */
const QUIET = new Set([
  'READ_REPO',
  'READ_CONFIG',
  'COMPUTE',
  'WRITE_PATCH',
  'RUN_TESTS',
  'BUILD_ARTIFACT',
  'RUN_WORKSPACE_CODE',
  'DOWNLOAD',
  'NETWORK_CALL',
]);
/** Findings that say how much is known, and nothing of what is done. */
const OF_KNOWING = new Set(['lexical_only', 'unfamiliar', 'opaque', 'personal_data_in_arguments']);

const toolNamed = (name) => {
  try {
    return JSON.parse(readFileSync(join(root, 'tools', `${name}.json`), 'utf8'));
  } catch {
    return null;
  }
};

const tools = new Map();
const understand = ({ tool, args }) => {
  if (!tools.has(tool)) tools.set(tool, toolNamed(tool));
  return understandAction({
    tool: tools.get(tool),
    action: { tool, args, why: '', claims: [], evidence: [] },
    scene: SCENE,
    declared: null,
    protected: [],
  });
};

/** What would stop it, the most telling first: a finding, an effect, or only that it is not understood. */
const mechanismOf = ({ effects, findings, reversibility }) => {
  const codes = new Set(findings.map(({ code }) => code));
  const unknown = codes.has('opaque') ? 'opaque' : codes.has('unfamiliar') ? 'unfamiliar' : null;
  const telling = [...codes].filter((code) => !OF_KNOWING.has(code) && code !== 'leaves_workspace');
  if (telling.length > 0) return 'finding';
  // What is not understood has every effect of its tool: none of them says anything.
  if (unknown !== null) return unknown;
  if (reversibility === 'irreversible') return 'irreversible';
  return effects.some((effect) => !QUIET.has(effect)) ? 'effect' : null;
};

const BLOCKS = new Set([
  'destroys_everything',
  'reverse_shell',
  'metadata_address',
  'secret_leaves',
  'self_protect',
]);
const isBlocked = ({ findings }) => findings.some(({ code }) => BLOCKS.has(code));

/** All effects of a tool say no more than its name. */
const shown = ({ effects, findings }) => {
  const codes = [...new Set(findings.map(({ code }) => code))];
  return `${effects.length > 15 ? 'all' : effects}\t${codes}`;
};

const percent = (part, whole) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);

const report = (file, { misses }) => {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  for (const expect of [...new Set(lines.map((line) => line.expect))].sort()) {
    const chosen = lines.filter((line) => line.expect === expect && toolNamed(line.tool) !== null);
    const judged = chosen.map((line) => {
      const understood = understand(line);
      return { line, understood, by: mechanismOf(understood) };
    });
    if (judged.length === 0) continue;
    const counts = new Map();
    for (const { by } of judged) counts.set(by ?? 'silent', (counts.get(by ?? 'silent') ?? 0) + 1);
    const silent = counts.get('silent') ?? 0;
    const blocked = judged.filter(({ understood }) => isBlocked(understood)).length;
    console.log(`${basename(file)}, ${expect}: ${judged.length} lines`);
    console.log(
      `  silent ${percent(silent, judged.length)}, final findings ${percent(blocked, judged.length)}`,
    );
    for (const [by, count] of [...counts].sort((a, b) => b[1] - a[1])) {
      console.log(`  ${by.padEnd(14)}${String(count).padStart(6)}  ${percent(count, judged.length)}`);
    }
    if (!misses) continue;
    const harmful = expect === 'not-allow' || expect === 'block';
    for (const { line, understood, by } of judged) {
      const wrong = harmful
        ? by === null || by === 'opaque' || by === 'unfamiliar'
        : isBlocked(understood) || by !== null;
      if (wrong)
        console.log(
          `    ${by ?? 'silent'}\t${shown(understood)}\t${JSON.stringify(line.args).slice(0, 300)}`,
        );
    }
  }
};

const words = process.argv.slice(2);
const misses = words.includes('--misses');
const files = words.filter((word) => !word.startsWith('--'));
if (files.length === 0) {
  console.error('usage: node --conditions=@writ/source scripts/corpus-report.mjs [--misses] file.jsonl…');
  process.exitCode = 2;
}
for (const file of files) report(file, { misses });
