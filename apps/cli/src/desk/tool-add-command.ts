import type { ToolDefinition } from '@writ/contract';
import { checkToolDefinition } from '@writ/contract/schemas';
import { isKnownTool, KNOWN_TOOLS, readKnownTool } from '../files/known-tools.ts';
import type { Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { quoteText } from '../terminal/encode-text.ts';
import { good } from '../terminal/line.ts';
import { mustBeDone } from './answers.ts';
import { lintTool } from './lint-tool.ts';
import { readJsonObject } from './read-proposal.ts';
import { withDesk } from './with-desk.ts';

/** A definition that no person could review is none; the cell asks the same again. */
const TOOL_BYTES_MAX = 65_536;

export const run: Run = async (call) => {
  const [named = '-'] = call.operands;
  const checked = checkToolDefinition(call.flag('known') ? await knownTool(named) : await readTool(named));
  if (checked.kind === 'invalid') {
    throw new CliFailure('MALFORMED', `the tool definition is not valid: ${checked.refusal.where}`);
  }
  const definition = checked.value;
  refuseUnread(definition);
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

function knownTool(name: string): Promise<unknown> {
  if (isKnownTool(name)) return readKnownTool(name);
  throw new CliFailure('NAME_UNKNOWN', `with --known, the tool is one of ${KNOWN_TOOLS.join(', ')}`);
}

/** Said before anybody is asked to judge by it: the first fault is enough to look at the definition again. */
function refuseUnread(definition: ToolDefinition): void {
  const [fault] = lintTool(definition);
  if (fault === undefined) return;
  throw new CliFailure('ARGUMENT_UNREAD', `argument ${quoteText(fault.argument)}: ${fault.why}`, 1);
}
