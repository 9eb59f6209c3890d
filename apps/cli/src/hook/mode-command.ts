import type { PrincipalDefinition } from '@writ/contract';
import { mustBeDone } from '../desk/answers.ts';
import { personsTerminal } from '../desk/answer-command.ts';
import { askPerson } from '../desk/ask-person.ts';
import type { Desk } from '../desk/desk.ts';
import { withDesk } from '../desk/with-desk.ts';
import type { Call, Report, Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { readDuration } from '../program/read-words.ts';
import { good } from '../terminal/line.ts';
import { printTime } from '../terminal/print-time.ts';
import { DOOR_HANDLE } from './door/cell-clients.ts';

/** A pause is for one piece of work. Who wants longer says that the door observes. */
const PAUSE_MS_MAX = 8 * 3_600_000;

/** From now on what is refused does not run, and what is asked waits for its person. */
export const runEnforce: Run = (call) =>
  change(call, (definition) => ({
    definition: { ...unpaused(definition), wall: definition.wall === 0 ? 1 : definition.wall },
    said: 'it enforces: what is refused does not run',
  }));

export const runObserve: Run = async (call) => {
  await confirm('observe', 'from now on only final rules hold, until writ enforce');
  return change(call, (definition) => ({
    definition: { ...unpaused(definition), wall: 0 },
    said: 'it observes: only final rules hold',
  }));
};

export const runPause: Run = async (call) => {
  const for_ms = readDuration(call.operands[0] ?? '');
  if (for_ms === null || for_ms > PAUSE_MS_MAX)
    throw new CliFailure('USAGE', 'a pause is a whole number of s, m or h, up to 8h: 15m');
  await confirm('pause', `for ${call.operands[0] ?? ''} only final rules hold`);
  return change(call, (definition) => {
    const observes_until = Date.now() + for_ms;
    return {
      definition: { ...definition, observes_until },
      said: `it is paused and observes until ${printTime(observes_until)}; writ enforce ends that sooner`,
    };
  });
};

function unpaused(definition: PrincipalDefinition): PrincipalDefinition {
  const members = Object.entries(definition).filter(([name]) => name !== 'observes_until');
  return Object.fromEntries(members) as PrincipalDefinition; // one without its optional member
}

/** Loosening is for a person at a terminal: a pipe, and so an agent's tool, is nobody. */
async function confirm(word: string, what: string): Promise<void> {
  await askPerson(personsTerminal(), { shown: [what], word, unattended: false });
}

type Changed = { readonly definition: PrincipalDefinition; readonly said: string };

/** By a record of the operator; a key of an agent or of the door cannot make one (promise 11). */
function change(call: Call, to: (definition: PrincipalDefinition) => Changed): Promise<Report> {
  return withDesk(call, async (desk) => {
    const { id, definition } = await doorOf(desk);
    const changed = to(definition);
    const { index } = mustBeDone(await desk.changePrincipal(id, DOOR_HANDLE, changed.definition));
    const { wall, observes_until = null } = changed.definition;
    return {
      exit: 0,
      lines: [good(`${changed.said}, record ${index}`)],
      json: { exit: 0, id, index, wall, observes_until },
    };
  });
}

async function doorOf(
  desk: Desk,
): Promise<{ readonly id: string; readonly definition: PrincipalDefinition }> {
  const id = desk.book.principals.find(({ name }) => name === DOOR_HANDLE)?.id;
  const known = (await desk.principals()).find((one) => one.id === id);
  if (known !== undefined) return known;
  throw new CliFailure('HOOK_MISSING', 'there is no door of a host here: writ install claude-code', 1);
}
