import type { Judged, ProposeCommand } from '@writ/contract';
import { printJson } from '@writ/proof';
import { type Agent, TOOLS, toolDigest, UNIT } from '../cast.ts';
import { digestOf, tagOf } from '../names.ts';
import type { World } from '../world.ts';

const COSTS = [100, 700, 1_900, 2_500];

/** An action as an agent thinks of it. Sent again, it gets a new id and keeps its key. */
export type Intention = Omit<ProposeCommand, 'id' | 'ticket'>;

export function draw({ choices, mint, time }: World, agent: Agent): Intention {
  const [tool, effects] = choices.pick(TOOLS);
  const name = choices.chance(300) ? `often ${choices.draw(4)}` : mint.name();
  const costs = tool === 'pay' ? costsOf(choices.draw(5)) : [];
  const judged: Judged = {
    tool,
    // Sometimes the one that a worker saw before the tool was declared anew.
    tool_digest: toolDigest(tool, choices.draw(8) === 7 ? 1 : 0),
    check: choices.chance(30) ? 'undeclared' : 'valid',
    args: { name },
    scene: null,
    understanding: {
      effects,
      resources: [{ kind: 'path', name: 'notes.md' }],
      findings: [],
      reversibility: choices.chance(60) ? 'irreversible' : 'reversible',
      risk: 100_000,
      costs: [],
    },
    claims: [],
    evidence: [],
  };
  const call = `${agent.id}/${tool}/${name}`;
  return {
    kind: 'propose',
    by: agent.id,
    session: tagOf(`session ${agent.id} ${choices.draw(3)}`),
    shape: tagOf(`shape ${call}`),
    same: tagOf(`same ${call}`),
    tool: tagOf(`tool/${tool}`),
    args: digestOf(`args ${call}`),
    costs,
    idempotency: choices.chance(600)
      ? { key: tagOf(`key ${mint.name()}`), body: digestOfBody(call), sent_at: time.wall_ms() }
      : null,
    claim: agent.executor === agent.id && choices.chance(250) ? { attempt: mint.tag(), target: null } : null,
    met_obligations: null,
    input: printJson({ name, tool }),
    judged: printJson(judged),
  };
}

function digestOfBody(call: string): string {
  return tagOf(`body ${call}`);
}

/** One amount mostly, and sometimes the same unit twice. */
function costsOf(drawn: number): ProposeCommand['costs'] {
  const amount = COSTS[drawn % COSTS.length] ?? 100;
  return drawn === 4
    ? [
        { unit: UNIT, amount: 1_100 },
        { unit: UNIT, amount: 1_200 },
      ]
    : [{ unit: UNIT, amount }];
}
