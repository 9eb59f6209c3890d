import {
  emptyMemory,
  type JsonValue,
  loadTrust,
  type Memory,
  type Possession,
  possessionMessage,
  printReceipt,
  signEd25519,
  type SpendAudience,
  type SpendVerdict,
  type TrustFileKey,
  type TrustFileWitnesses,
  verifySpend,
} from '@writ/proof';
import {
  ARGS,
  bytesOf,
  commitHead,
  decisionHead,
  EXECUTOR_KEY,
  EXECUTOR_SEED,
  keyUse,
  LOG,
  NONCE,
  noteOf,
  NOW,
  ORIGIN,
  proofOf,
  TARGET,
  termHead,
  TOOL,
} from '../small-cell.ts';

/** All that one presentation of a receipt consists of. Each test changes what it is about. */
export type Scenario = {
  /** The heads in the log; the receipt is about the second. */
  heads: string[];
  note: (heads: readonly string[]) => string;
  proof: (text: string) => string;
  /** The head that is presented, out of the one that the log has. */
  presented: (head: string) => string;
  file: (head: string, proof: string) => string;
  bytes: (bytes: Uint8Array) => Uint8Array;
  tool: string;
  args: JsonValue;
  nonce: Uint8Array;
  me: SpendAudience;
  seed: Uint8Array;
  publicKey: Uint8Array;
  challenge: Uint8Array;
  possession: ((shown: Possession) => Possession | null) | null;
  use: Partial<TrustFileKey>;
  witnesses: TrustFileWitnesses | null;
  memory: Memory;
  now_ms: number;
};

export const good = (): Scenario => ({
  heads: [decisionHead(0), commitHead(1), termHead(2)],
  note: (heads) => noteOf(heads),
  proof: (text) => text,
  presented: (head) => head,
  file: (head, proof) => printReceipt({ head, proof }),
  bytes: (bytes) => bytes,
  tool: TOOL,
  args: ARGS,
  nonce: NONCE,
  me: { kind: 'target', target: TARGET, executor: null, origin: ORIGIN },
  seed: EXECUTOR_SEED,
  publicKey: EXECUTOR_KEY,
  challenge: bytesOf('a challenge that is fresh'),
  possession: (shown) => shown,
  use: {},
  witnesses: null,
  memory: emptyMemory(),
  now_ms: NOW + 1_000,
});

export const present = (scenario: Scenario): SpendVerdict => {
  const head = scenario.presented(scenario.heads[1] ?? '');
  const proof = scenario.proof(proofOf(scenario.heads, 1, scenario.note(scenario.heads)));
  const { publicKey, challenge } = scenario;
  const target = scenario.me.kind === 'target' ? scenario.me.target : '';
  const signature = signEd25519(scenario.seed, possessionMessage(head, target, challenge));
  const shown =
    scenario.possession === null ? null : scenario.possession({ publicKey, challenge, signature });
  const keys = [keyUse(LOG, scenario.use)];
  return verifySpend(
    scenario.bytes(bytesOf(scenario.file(head, proof))),
    { tool: scenario.tool, args: scenario.args, nonce: scenario.nonce },
    scenario.me,
    shown,
    loadTrust({ logs: [{ origin: ORIGIN, keys, witnesses: scenario.witnesses }] }),
    scenario.memory,
    scenario.now_ms,
  );
};

/** The verdict, and the code where there is one. */
export const said = (verdict: SpendVerdict): string =>
  verdict.verdict === 'valid' || verdict.verdict === 'unspent'
    ? verdict.verdict
    : `${verdict.verdict} ${verdict.code}`;
