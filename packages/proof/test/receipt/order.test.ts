import { sha256Base64url } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { decisionHead, idOf, NOW, ORIGIN, seedOf, termHead, vkeyOf, witnessOf } from '../small-cell.ts';
import { good, present, said, type Scenario } from './scenario.ts';

type Fault = { readonly check: string; readonly says: string; readonly apply: (scenario: Scenario) => void };

const withSeen = (scenario: Scenario, size: bigint, root = new Uint8Array(32)): void => {
  scenario.memory = {
    ...scenario.memory,
    checkpoints: new Map([[ORIGIN, { origin: ORIGIN, size, root, note: '' }]]),
  };
};

/** One fault for each check, in the order of spec/10-spend-receipt.md section 4. */
const FAULTS: readonly Fault[] = [
  {
    check: 'strict parse',
    says: 'invalid NOT_CANONICAL',
    apply: (scenario) => {
      scenario.bytes = (bytes) => Uint8Array.of(0x20, ...bytes);
    },
  },
  {
    check: 'origin',
    says: 'invalid CHECKPOINT_WRONG_ORIGIN',
    apply: (scenario) => {
      scenario.me = { ...scenario.me, origin: 'cell.example/two/0123456789abcdef' };
    },
  },
  {
    check: 'log key at this tree size',
    says: 'invalid KEY_OUT_OF_RANGE',
    apply: (scenario) => {
      scenario.use = { ...scenario.use, until_size: 3n };
    },
  },
  {
    check: 'witness policy',
    says: 'undecidable WITNESSES_MISSING',
    apply: (scenario) => {
      scenario.witnesses = { quorum: 1, keys: [vkeyOf(witnessOf('witness.example/one', 8))] };
    },
  },
  {
    check: 'leaf hash of the exact bytes',
    says: 'invalid TREE_ROOT_MISMATCH',
    apply: (scenario) => {
      const before = scenario.presented;
      scenario.presented = (head) => `${before(head)} `;
    },
  },
  {
    check: 'inclusion',
    says: 'invalid TREE_ROOT_MISMATCH',
    apply: (scenario) => {
      scenario.proof = (text) => text.replace('index 1\n', 'index 0\n');
    },
  },
  {
    check: 'bytes are print(parse(bytes))',
    says: 'invalid NOT_CANONICAL',
    apply: (scenario) => {
      scenario.heads = scenario.heads.map((head) => head.replace('{', '{ '));
    },
  },
  {
    check: 'kind',
    says: 'invalid KIND_MISMATCH',
    apply: (scenario) => {
      scenario.heads = [decisionHead(0), termHead(1), termHead(2)];
    },
  },
  {
    check: 'audience: executor',
    says: 'invalid EXECUTOR_MISMATCH',
    apply: (scenario) => {
      scenario.me = { ...scenario.me, executor: idOf('exe', 8) };
    },
  },
  {
    check: 'audience: target',
    says: 'invalid TARGET_MISMATCH',
    apply: (scenario) => {
      if (scenario.me.kind === 'target') scenario.me = { ...scenario.me, target: 'other.example' };
    },
  },
  {
    check: 'key',
    says: 'invalid POSSESSION_INVALID',
    apply: (scenario) => {
      scenario.seed = seedOf(9);
    },
  },
  {
    check: 'tool digest',
    says: 'invalid TOOL_MISMATCH',
    apply: (scenario) => {
      scenario.tool = sha256Base64url('another definition');
    },
  },
  {
    check: 'arguments',
    says: 'invalid ARGS_MISMATCH',
    apply: (scenario) => {
      scenario.args = { amount: 251, to: 'Zoë' };
    },
  },
  {
    check: 'time',
    says: 'invalid EXPIRED',
    apply: (scenario) => {
      scenario.now_ms = NOW + 35_001;
    },
  },
  {
    check: 'size seen',
    says: 'invalid ROLLED_BACK',
    apply: (scenario) => withSeen(scenario, 4n),
  },
  {
    check: 'action id in memory',
    says: 'invalid ALREADY_SPENT',
    apply: (scenario) => {
      scenario.memory = { ...scenario.memory, actions: new Map([[idOf('act', 1), NOW + 35_000]]) };
    },
  },
];

describe('the order of the checks', () => {
  for (const [at, fault] of FAULTS.entries()) {
    it(`verifySpend() says ${fault.says} when this is wrong: ${fault.check}`, () => {
      const scenario = good();
      fault.apply(scenario);
      expect(said(present(scenario))).toBe(fault.says);
    });

    it(`verifySpend() reports this before anything later when both are wrong: ${fault.check}`, () => {
      for (const later of FAULTS.slice(at + 1)) {
        const scenario = good();
        later.apply(scenario);
        fault.apply(scenario);
        expect(`${later.check}: ${said(present(scenario))}`).toBe(`${later.check}: ${fault.says}`);
      }
    });
  }
});
