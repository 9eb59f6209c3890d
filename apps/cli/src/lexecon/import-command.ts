import type { Problem } from '@writ/policy';
import { printJson } from '@writ/proof';
import { readInput } from '../files/read-input.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { Call, Report, Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { quoteText } from '../terminal/encode-text.ts';
import { bad, good, type Line, warn } from '../terminal/line.ts';
import { importLexeconPolicy, type PolicyImported } from './policy/import-policy.ts';

/** As much as a policy of Writ may have; the next byte is enough to refuse it. */
const POLICY_BYTES_MAX = 262_145;

export const run: Run = async (call) => {
  const imported = importLexeconPolicy(decode(await readInput(call.operands[0] ?? '-', POLICY_BYTES_MAX)));
  return imported.kind === 'refused' ? refusal(imported.problems) : handOut(call, imported);
};

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CliFailure('TEXT_NOT_UTF8', 'a policy is UTF-8 text');
  }
}

function refusal(problems: readonly Problem[]): Report {
  return {
    exit: 1,
    lines: [
      bad('the policy cannot be carried over:'),
      ...problems.map(({ code, line, column, message }) => bad(`  ${line}:${column} ${code} ${message}`)),
    ],
    json: { exit: 1, problems },
  };
}

async function handOut(
  call: Call,
  { policy, tool, warnings }: Extract<PolicyImported, { readonly kind: 'imported' }>,
): Promise<Report> {
  const definition = printJson(tool);
  const written: Line[] = [];
  for (const [option, content, next] of [
    ['policy', policy, 'writ policy set'],
    ['tool', `${definition}\n`, 'writ tool add'],
  ] as const) {
    const path = call.text(option);
    if (path === null) continue;
    await write(path, content);
    written.push(good(`the ${option} is in ${quoteText(path)}: ${next} takes it`));
  }
  const json = { exit: 0, policy, tool, warnings };
  if (written.length > 0)
    return { exit: 0, lines: [...written, ...warnings.map((one) => warn(`warning: ${one}`))], json };
  const comments = warnings.map((one) => `# warning: ${one}\n`).join('');
  return { exit: 0, lines: [], json, raw: `${comments}# tool: ${definition}\n${policy}` };
}

async function write(path: string, content: string): Promise<void> {
  try {
    await replaceFile(path, content);
  } catch {
    throw new CliFailure('OUTPUT_UNWRITABLE', `${quoteText(path)} cannot be written: choose another place`);
  }
}
