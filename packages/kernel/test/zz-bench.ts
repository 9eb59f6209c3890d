import { hash as nodeHash } from 'node:crypto';
import { step } from '@writ/kernel';
import { openWorld, proposal, idOf, tagOf, hash as h0, saltsOf } from './support/world.ts';
const world = openWorld();
const hash = (text: string): string => nodeHash('sha256', text, 'base64url');
const library = { ...world.library, hash };
const scene = {
  directory: '/home/dev/project',
  roots: ['/home/dev/project'],
  shell: 'bash',
  items: [{ kind: 'path' as const, name: '/home/dev/project/notes.md', digest: hash('x'), used: true }],
};
const K = 500,
  R = 60;
(world.state.principals as any).forEach((p: any, k: any) => {
  (p.definition.limits as any).actions_per_minute = 1e9;
  (p.definition.limits as any).open_writs = 1e9;
});
let us = 0;
let n = 0;
for (let r = 0; r < R; r++) {
  const cmds = [];
  for (let i = 0; i < K; i++)
    cmds.push({
      stamp: { now_ms: world.now_ms + (r * K + i) * 60, salts: [saltsOf('a' + i), saltsOf('b' + i)] },
      cmd: proposal({ name: 'n' + r + '.' + i, tool: 'files.read', judged: { scene } }),
    });
  const c0 = process.cpuUsage();
  for (const { stamp, cmd } of cmds) {
    const x = step(world.state, cmd, stamp, library);
    if (x.answer.kind !== 'judged' || x.answer.verdict !== 'ALLOW') throw new Error(JSON.stringify(x.answer));
  }
  const c = process.cpuUsage(c0);
  if (r > 10) {
    us += c.user + c.system;
    n += K;
  }
  for (let i = 0; i < 10; i++)
    step(world.state, { kind: 'tick', id: idOf('tck', '1'), folded: [] }, cmds.at(-1)!.stamp, library);
}
console.log('cpu us per propose', us / n);
