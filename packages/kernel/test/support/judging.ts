import type { GateInput, RecordedJudgement } from '@writ/kernel';
import { encodeUtf8, openPart, parseHead } from '@writ/proof';
import type { World } from './world.ts';

/** The input of the newest decision of a world, with other values put into its recall. */
export function inputWith(world: World, other: Readonly<Record<string, unknown>>): GateInput {
  const sealed = JSON.parse(openPart(world.records.at(-1)?.sealed ?? '').json) as {
    readonly context: GateInput['context'];
    readonly judged: GateInput['judged'];
    readonly recall: readonly { readonly kind: string; readonly id: string; readonly value: unknown }[];
  };
  const known = new Map(sealed.recall.map((item) => [`${item.kind} ${item.id}`, item.value]));
  const recall = {
    read: (kind: string, id: string) => (kind in other ? other[kind] : known.get(`${kind} ${id}`)),
    readSet: () => [],
  } as unknown as GateInput['recall']; // a recall of plain values, typed by kind nowhere
  return { context: sealed.context, judged: sealed.judged, recall, library: world.library };
}

/** Every judgment of a world, as an auditor would find it. */
export function judgementsOf(world: World): readonly RecordedJudgement[] {
  const found: RecordedJudgement[] = [];
  for (const record of world.records) {
    const head = parseHead(encodeUtf8(record.head));
    if (head.kind !== 'decision' && head.kind !== 'release' && head.kind !== 'commit') continue;
    const before = found.findLast((one) => one.head.id === head.id);
    const commitment = before?.head.parts.sealed ?? null;
    const decision = commitment === null ? null : { sealed: before?.sealed ?? null, commitment };
    found.push({ head, sealed: record.sealed, decision });
  }
  return found;
}
