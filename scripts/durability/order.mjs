// The order of system calls: what was said to be committed had been written, and synced after that.

/** Every answer that came too early, in words; none is what a durable journal gives. */
export const findEarlyAnswers = (calls) => {
  const early = [];
  for (const answer of calls.filter(({ kind }) => kind === 'say')) {
    const [, mark] = /^committed (.*)\n$/.exec(answer.text) ?? [];
    if (mark === undefined) continue;
    const writes = calls.filter(
      ({ kind, bytes, ended }) => kind === 'write' && ended < answer.started && bytes.includes(mark),
    );
    const isSynced = writes.some((write) =>
      calls.some(
        ({ kind, path, ok, started, ended }) =>
          kind === 'sync' && path === write.path && ok && started > write.ended && ended < answer.started,
      ),
    );
    if (!isSynced) early.push(`${mark}: ${writes.length === 0 ? 'not written' : 'written, not synced'}`);
  }
  return early;
};
