// Judges the lines of corpora (JSON Lines: tool, args, expect) under a policy, and says by what each was
// stopped:
//   node --conditions=@writ/source scripts/corpus-report.mjs [--policy FILE] [--misses] file.jsonl…
// A cell judges each by itself, in a scene that claims nothing: no file was seen, and nothing can be had
// back.
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { openAgent } from './coding-day/open-agent.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');
const WORKSPACE = '/srv/somebody/project';
const SCENE = {
  directory: WORKSPACE,
  roots: [WORKSPACE],
  home: '/srv/somebody',
  shell: '/bin/bash',
  items: [],
};
/** Where the readers of files are at home. */
const PUBLIC = '/srv/app/public';
const FILES_SCENE = { ...SCENE, directory: PUBLIC, roots: [PUBLIC] };

const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    policy: { type: 'string', default: join(root, 'policies/coding.yaml') },
    misses: { type: 'boolean', default: false },
  },
});

/** How much is known, and nothing of what is done. */
const OF_KNOWING = new Set(['lexical_only', 'unfamiliar', 'opaque', 'personal_data_in_arguments']);

/**
 * By what it was stopped, the most telling first: a finding, an effect, or only that it is not understood.
 */
const mechanismOf = ({ effects, findings }) => {
  const codes = new Set(findings.map(({ code }) => code));
  const telling = [...codes].some((code) => !OF_KNOWING.has(code) && code !== 'leaves_workspace');
  if (telling) return 'finding';
  const stated = effects.some((effect) => STATED.has(effect));
  if (stated) return 'effect';
  if (codes.has('opaque')) return 'opaque';
  return codes.has('unfamiliar') ? 'unfamiliar' : 'not undone';
};
/** Effects that a person would be told of by name. */
const STATED = new Set(
  `READ_SECRETS DELETE UPLOAD LISTEN PERSIST ESCALATE_PRIVILEGE SPEND_MONEY WRITE_OUTSIDE PUBLISH
  CONTROL_SYSTEM CHANGE_CLOUD REWRITE_HISTORY HIDE_TRACES CAPTURE CHANGE_DATA DESTROY_DATA SEND_NOTIFICATION
  CREATE_PR MERGE DEPLOY NETWORK_CALL INSTALL`.split(/\s+/),
);

const percent = (part, whole) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);
const isWrong = ({ line: { expect }, verdict }) =>
  expect === 'not-allow' || expect === 'block' ? verdict === 'ALLOW' : verdict === 'BLOCK';

const judge = async (agent, line) => {
  const scene = line.tool === 'file.read' ? FILES_SCENE : SCENE;
  const { answer, understanding } = await agent.weigh(line.tool, line.args, scene);
  // What cannot be asked at all is refused before it is understood.
  if (understanding === null) return { line, verdict: 'BLOCK', by: answer.code, familiar: true };
  const familiar = !understanding.findings.some(({ code }) => code === 'unfamiliar');
  return { line, verdict: answer.verdict, by: mechanismOf(understanding), familiar };
};

const report = async (agent, file) => {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter(({ tool }) => agent.tools.includes(tool));
  for (const expect of [...new Set(lines.map((line) => line.expect))].sort()) {
    const judged = [];
    for (const line of lines.filter((one) => one.expect === expect)) judged.push(await judge(agent, line));
    const count = (test) => percent(judged.filter(test).length, judged.length);
    console.log(`${basename(file)}, ${expect}: ${judged.length} lines`);
    console.log(
      ['ALLOW', 'ESCALATE', 'NEED_EVIDENCE', 'BLOCK']
        .map((verdict) => `  ${verdict} ${count((one) => one.verdict === verdict)}`)
        .join(''),
    );
    const asked = judged.filter(({ verdict }) => verdict !== 'ALLOW');
    const by = Map.groupBy(asked, (one) => one.by);
    for (const [name, list] of [...by].sort((a, b) => b[1].length - a[1].length))
      console.log(`    stopped by ${name.padEnd(14)}${percent(list.length, judged.length)}`);
    const known = judged.filter(({ familiar }) => familiar);
    console.log(
      `    of ${known.length} with familiar programs only: ALLOW ` +
        percent(known.filter(({ verdict }) => verdict === 'ALLOW').length, known.length),
    );
    if (values.misses)
      for (const { line, verdict } of judged.filter(isWrong))
        console.log(`      ${verdict}  ${JSON.stringify(line.args).slice(0, 300)}`);
  }
};

if (files.length === 0) {
  console.error('usage: corpus-report.mjs [--policy FILE] [--misses] file.jsonl…');
  process.exitCode = 2;
} else {
  const directory = mkdtempSync(join(tmpdir(), 'writ-corpus-'));
  const agent = await openAgent(directory, readFileSync(values.policy, 'utf8'));
  try {
    for (const file of files) await report(agent, file);
  } finally {
    await agent.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
