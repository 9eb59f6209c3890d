import type { GateInput } from '@writ/kernel';
import { openPart } from '@writ/proof';
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
