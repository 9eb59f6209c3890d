// `npm run truth-test`: runs generated shell texts, and those of files that are named, where nothing can be
// lost, and compares what ran with what was predicted. A text that is opaque promises nothing.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { generate, STUBS } from './truth-test/generate.mjs';
import { judge, show, trace } from './truth-test/judge.mjs';
import { openSandbox } from './truth-test/sandbox.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});

/** Lines of JSON with `args.command`. */
const commandsOf = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).args?.command)
    .filter((command) => typeof command === 'string');

const namesIn = (texts) =>
  texts.flatMap((text) => [
    ...text.split(/[\s;&|()`'"$<>{}]+/),
    ...trace(text).traced.map(({ program }) => program.text ?? ''),
  ]);

const texts = [...generate(Number(values.count), Number(values.seed)), ...positionals.flatMap(commandsOf)];
const sandbox = openSandbox([...STUBS, ...namesIn(positionals.flatMap(commandsOf))]);
if (sandbox === null) {
  process.stderr.write('truth-test: this machine gives no namespaces of our own\n');
  process.exitCode = 2;
} else {
  try {
    const { all, known, ran, wrong } = judge(sandbox, texts);
    for (const { missed, text, traced } of wrong) {
      process.stdout.write(`WRONG ${JSON.stringify(text)}\n`);
      for (const { program, words } of missed)
        process.stdout.write(`   ran ${JSON.stringify([program, ...words])}\n`);
      for (const { program, words } of traced)
        process.stdout.write(`   predicted ${[program, ...words].map(show).join(' | ')}\n`);
    }
    process.stdout.write(
      `${all} texts, ${known} not opaque, ${ran} programs ran in them, ${wrong.length} wrong\n`,
    );
    process.exitCode = wrong.length === 0 ? 0 : 1;
  } finally {
    sandbox.close();
  }
}
