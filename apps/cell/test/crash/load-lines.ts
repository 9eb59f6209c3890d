import { parseCheckpoint } from '@writ/proof';

/** What the program under load is told, and what its lines say. */
export type LoadPlan = {
  readonly directory: string;
  readonly agent: string;
  readonly life: number;
  readonly clients: number;
  /** So many actions a wave, and so many waves. */
  readonly actions_max: number;
  readonly waves: number;
  /** Goes on when the cell says that it is unavailable; else that ends the program. */
  readonly survives_faults: boolean;
  /** Permissions of earlier lives, spent or not. */
  readonly retries: readonly Permitted[];
};

export type Permitted = { readonly id: string; readonly path: string; readonly attempt: string };

export type Proved = {
  readonly index: number;
  readonly head: string;
  readonly digest: string;
  /** Of the checkpoint that the answer was proved under. */
  readonly size: number;
  readonly root: string;
};

/** One answer that left the cell. */
export type Acknowledged = Permitted & {
  readonly what: 'propose' | 'commit' | 'outcome';
  readonly kind: string;
  readonly verdict: string | null;
  readonly code: string | null;
  readonly proved: Proved | null;
};

export type Told = {
  readonly started: { readonly size: number; readonly term: number } | null;
  readonly acknowledged: readonly Acknowledged[];
  readonly isDone: boolean;
};

/** Reads what a process has said; a line that a kill cut short was never said. */
export function readLines(text: string): Told {
  const lines = text.split('\n').slice(0, -1);
  const starts = lines.flatMap((line) => {
    const [, size, term] = /^started (\d+) (\d+)$/.exec(line) ?? [];
    return size === undefined ? [] : [{ size: Number(size), term: Number(term) }];
  });
  const acknowledged = lines.flatMap((line) => (line.startsWith('ack ') ? [readAck(line)] : []));
  return { started: starts[0] ?? null, acknowledged, isDone: lines.includes('done') };
}

function readAck(line: string): Acknowledged {
  return JSON.parse(line.slice('ack '.length));
}

/** Size and root of the checkpoint that ends a proof. */
export function checkpointIn(proof: string): Pick<Proved, 'size' | 'root'> {
  const note = proof.slice(proof.indexOf('\n\n') + 2);
  const { size, root } = parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1));
  return { size: Number(size), root: Buffer.from(root).toString('base64') };
}
