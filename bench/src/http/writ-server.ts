import { join } from 'node:path';
import process from 'node:process';
import {
  initCell,
  registerCredential,
  registerNamespace,
  registerPolicy,
  registerPrincipal,
  registerTool,
  resolveHome,
  serve,
} from '@writ/cell';
import { agentAt, POLICY, TOOL } from '../world.ts';

/**
 * A cell behind its doors in a process of its own; says to its parent where it listens and with which keys.
 */
const [directory = '', clients = '1'] = process.argv.slice(2);
const DAY_MS = 86_400_000;

const home = resolveHome({ WRIT_HOME: join(directory, 'home') }, directory);
const settings = await initCell(home, { name: 'bench', now_ms: Date.now() });
const serving = await serve(home, {
  clock: { wall_ms: () => Date.now(), monotonic_ms: () => performance.now() },
  port: 0,
  version: 'bench',
  tls: null,
  report: () => {},
  reportFailure: (error) => process.stderr.write(`${String(error)}\n`),
});
const { cell, port } = serving;
const by = settings.operator;
const { ns } = await registerNamespace(cell, { by, ns: null, budgets: [] });
const keyOf = async (wall: 0 | 2): Promise<string> => {
  const definition = agentAt(wall);
  const { principal } = await registerPrincipal(cell, { by, ns, principal: null, name: 'bench', definition });
  const request = { by, ns, principal, scopes: definition.scopes, expires_at: Date.now() + DAY_MS };
  const { access_key, answer } = await registerCredential(cell, request);
  if (access_key === null) throw new Error(JSON.stringify(answer));
  return access_key;
};
const watchers: string[] = [];
const agents: string[] = [];
for (let client = 0; client < Number(clients); client += 1) {
  watchers.push(await keyOf(0));
  agents.push(await keyOf(2));
}
await registerTool(cell, { by, ns, definition: TOOL });
const answered = await registerPolicy(cell, { by, ns, text: POLICY });
if (answered.kind === 'refused') throw new Error(JSON.stringify(answered.problems));
process.once('disconnect', () => void serving.close().then(() => process.exit(0)));
process.send?.({ port, watchers, agents });
