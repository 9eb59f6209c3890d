/**
 * A fault planted in the text of the cell's core: the simulator must find it, or it looks in the wrong
 * places.
 */
export type Mutant = {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
};

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'answers before the record is durable',
    file: 'core/pipeline.ts',
    from: 'if (records.length === 0 && waiter.size <= line.durable)',
    to: 'if (waiter.size > 0)',
  },
  {
    name: 'takes an unknown write for a committed one',
    file: 'core/pipeline.ts',
    from: "if (result !== 'committed') return",
    to: "if (result === 'conflict') return",
  },
  {
    name: 'signs before the batch is durable',
    file: 'core/pipeline.ts',
    from: 'const result = await writeBatch(',
    to: 'await signBatch(line.ports, written);\n    const result = await writeBatch(',
  },
  {
    name: 'does not wait for the sealed parts',
    file: 'core/pipeline.ts',
    from: '    await sealed;\n',
    to: '',
  },
  {
    name: 'forgets those who wait for the batch that is built',
    file: 'core/pipeline.ts',
    from: 'for (const batch of [...flying, building]) {',
    to: 'for (const batch of flying) {',
  },
  {
    name: 'forgets those who wait in the queue',
    file: 'core/pipeline.ts',
    from: 'for (const entry of admission.drain()) entry.item.reject(reason);',
    to: '',
  },
  {
    name: 'delivers answers that stand on the batch after',
    file: 'core/pipeline.ts',
    from: 'waiters.findLastIndex((waiter) => waiter.size <= line.durable) + 1',
    to: 'waiters.length',
  },
  {
    name: 'goes on speaking after it has failed',
    file: 'core/pipeline.ts',
    from: 'if (signed !== null && !hasFailed(line))',
    to: 'if (signed !== null)',
  },
  {
    name: 'lets answers wait for the signer without end',
    file: 'core/pipeline.ts',
    from: 'if (tries % SIGN_TRIES_MAX === 0) {',
    to: 'if (tries === 0) {',
  },
  {
    name: 'believes a jump whose record was lost',
    file: 'core/pipeline.ts',
    from: 'for (const takeBack of takeBacks.reverse()) takeBack();',
    to: '',
  },
  {
    name: 'believes a wall that a person accepted though that record was lost',
    file: 'core/pipeline.ts',
    from: 'return { now_ms: Math.max(to_ms, state.now_ms), jump: null, takeBack };',
    to: 'return { now_ms: Math.max(to_ms, state.now_ms), jump: null, takeBack: null };',
  },
  {
    name: 'stamps a blind term with what a jump claims',
    file: 'core/run-cell.ts',
    from: "reason: 'unknown' }, ports.clock.steady_ms());",
    to: "reason: 'unknown' }, ports.clock.ahead()?.to_ms ?? 0);",
  },
  {
    name: 'believes the wall at every reopening',
    file: 'core/run-cell.ts',
    from: 'const note = await signHead(run, frontier);',
    to: 'ports.clock.anchor(state.now_ms);\n  const note = await signHead(run, frontier);',
  },
  {
    name: 'keeps the state over an unknown write',
    file: 'core/run-cell.ts',
    from: 'const base = await ports.loadBase(head.size);',
    to: 'const base = (run.base ??= await ports.loadBase(head.size));',
  },
  {
    name: 'does not raise the term after an unknown write',
    file: 'core/run-cell.ts',
    from: 'const head = { size: before.size + 1, term: before.term + 1 };',
    to: 'const head = { size: before.size + 1, term: before.term };',
  },
  {
    name: 'reads history before the term is committed',
    file: 'core/run-cell.ts',
    from: 'const result = await run.journal.append(',
    to: 'await run.journal.read(0, 1);\n  const result = await run.journal.append(',
  },
  {
    name: 'writes no term record at all after an unknown write',
    file: 'core/run-cell.ts',
    from: "if (result !== 'committed')",
    to: 'if (result.length === 0)',
  },
  {
    name: 'does not raise the term at a start',
    file: 'core/run-cell.ts',
    from: 'term: Math.max(head.term, writer.state().term) + 1,',
    to: 'term: Math.max(head.term, writer.state().term),',
  },
  {
    name: 'reopens for a writer that never served',
    file: 'core/run-cell.ts',
    from: 'if (run.writer === writer) run.reopening',
    to: 'run.reopening',
  },
  {
    name: 'opens again after it was closed',
    file: 'core/run-cell.ts',
    from: "if (run.phase === 'reopening') run.phase = 'open';",
    to: "run.phase = 'open';",
  },
  {
    name: 'forgets which command made it crash',
    file: 'core/run-cell.ts',
    from: 'if (crashed !== null) {',
    to: "if (crashed === '') {",
  },
  {
    name: 'lets answers without records wait without end',
    file: 'core/building.ts',
    from: 'building.waiters.length >= WAITERS_MAX ||',
    to: '',
  },
  {
    name: 'puts parts without waiting for the disk',
    file: 'core/commit-batch.ts',
    from: 'await ports.parts.put(parts)',
    to: 'void ports.parts.put(parts).catch(() => {})',
  },
];
