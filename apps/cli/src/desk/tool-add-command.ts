import type { ToolDefinition } from '@writ/contract';
import { checkToolDefinition } from '@writ/contract/schemas';
import type { Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { SHELL_RUN } from '../run/shell-tool.ts';
import { quoteText } from '../terminal/encode-text.ts';
import { good } from '../terminal/line.ts';
import { mustBeDone } from './answers.ts';
import { readJsonObject } from './read-proposal.ts';
import { withDesk } from './with-desk.ts';

/** A definition that no person could review is none; the cell asks the same again. */
const TOOL_BYTES_MAX = 65_536;

export const run: Run = async (call) => {
  const [named = '-'] = call.operands;
  const checked = checkToolDefinition(call.flag('known') ? knownTool(named) : await readTool(named));
  if (checked.kind === 'invalid') {
    throw new CliFailure('MALFORMED', `the tool definition is not valid: ${checked.refusal.where}`);
  }
  const definition = checked.value;
  return withDesk(call, async (desk) => {
    const answered = await desk.addTool(definition);
    const { id, index } = mustBeDone(answered);
    return {
      exit: 0,
      lines: [good(`tool ${quoteText(definition.name)} is declared: ${id}, record ${index}`)],
      json: { exit: 0, id, index, proven: answered.proven },
    };
  });
};

function readTool(path: string): Promise<unknown> {
  return readJsonObject(path, TOOL_BYTES_MAX);
}

function knownTool(name: string): ToolDefinition {
  if (name === SHELL_RUN.name) return SHELL_RUN;
  throw new CliFailure('NAME_UNKNOWN', `with --known, the tool is ${SHELL_RUN.name}`);
}
