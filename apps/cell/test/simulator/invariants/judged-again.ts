import { decideAgain } from '@writ/kernel';
import { encodeUtf8, parseHead } from '@writ/proof';
import { ENGINE, LIBRARY } from '../cast.ts';
import type { World } from '../world.ts';

/**
 * Every decision, release and spend since `from` comes out the same when it is judged again from its record.
 */
export function checkJudgedAgain({ checks, disk }: World, from: number): void {
  const { records } = disk.log;
  for (let index = from; index < records.length; index += 1) {
    const head = parseHead(encodeUtf8(records[index]?.head ?? ''));
    if (head.kind !== 'decision' && head.kind !== 'release' && head.kind !== 'commit') continue;
    const sealed = disk.readSealed(index, head.parts.sealed);
    const again = decideAgain({ head, sealed, decision: decisionOf(head) }, ENGINE.digest, LIBRARY);
    const same = again.kind === 'same' || (again.kind === 'undecidable' && again.code === 'ERASED');
    checks.check('judging again gives the same', same, () => `record ${index}: ${JSON.stringify(again)}`);
  }

  function decisionOf(head: ReturnType<typeof parseHead>): {
    readonly sealed: string | null;
    readonly commitment: string;
  } | null {
    if (head.kind !== 'commit') return null;
    const decision = parseHead(encodeUtf8(records[head.decided_at]?.head ?? ''));
    const commitment = decision.parts.sealed ?? '';
    return { sealed: disk.readSealed(head.decided_at, commitment), commitment };
  }
}
