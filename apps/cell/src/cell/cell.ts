import type { Answer, Scene } from '@writ/contract';
import type { Id } from '@writ/proof';
import type { CellPorts } from '../core/cell-ports.ts';
import type { ProvenHead } from '../core/durable.ts';
import type { RunningCell } from '../core/run-cell.ts';
import type { DomainHashes } from '../intake/domain-hashes.ts';
import type { Keystore } from '../sealing/keystore.ts';
import type { Tiles } from '../tiles/tiles.ts';
import type { UnderstandingPool } from '../understanding/pool.ts';
import type { Definitions } from './definitions.ts';
import type { Durability } from './durability.ts';
import type { Mint } from './mint.ts';
import type { RecordedParts } from './recorded-parts.ts';
import type { Questions } from './questions.ts';
import type { Tallies } from './tallies.ts';

/** The parts of an open cell that its use cases work with. */
export type CellContext = {
  readonly running: RunningCell;
  readonly ports: CellPorts;
  readonly definitions: Definitions;
  readonly keys: Keystore;
  readonly hashes: (ns: Id) => DomainHashes;
  readonly forgetHashes: (ns: Id) => void;
  readonly mint: Mint;
  /** What actions mean, in threads of its own. */
  readonly understanding: UnderstandingPool;
  readonly recorded: RecordedParts;
  readonly tallies: Tallies;
  readonly questions: Questions;
  readonly tiles: Tiles;
  /** Directories of this cell: whatever names one of them touches the guard itself. */
  readonly ownPlaces: readonly string[];
  /** Waits until the tiles hold all records up to this size. */
  tilesUpTo(size: number): Promise<void>;
  readHead(index: number): Promise<string>;
  /** Heads of durable records, in order. */
  readHeads(from: number, count: number): Promise<readonly string[]>;
  readonly durability: Pick<Durability, 'upTo'>;
  now_ms(): number;
};

/** An answer with the head it stands on, proved; nothing proved means nothing was recorded. */
export type Answered = { readonly answer: Answer; readonly proven: ProvenHead | null };

export type CommitRequest = {
  readonly by: Id;
  readonly id: Id;
  readonly attempt: string;
  readonly target: string | null;
  /** The canonical arguments that will run. */
  readonly args_text: string;
  readonly scene: Scene | null;
};

export type ReleaseRequest = {
  readonly by: Id;
  readonly ticket: Id;
  readonly scene: Scene | null;
  readonly claim: { readonly attempt: string; readonly target: string | null } | null;
};
