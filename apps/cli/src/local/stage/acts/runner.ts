import {
  decodeBase64url,
  emptyMemory,
  encodeUtf8,
  type Memory,
  parseJson,
  parseWrit,
  remember,
  type SpendVerdict,
  type Trust,
  verifySpend,
} from '@writ/proof';
import type { JsonObject } from '@writ/contract';
import { digestOfTool } from '@writ/sdk';
import { COMMAND } from '../furnish-stage.ts';
import { type Ran, runWords } from './run-words.ts';

export type Presented = {
  /** The text of the spend receipt, or of what somebody says is one. */
  readonly receipt: string;
  /** The text of the writ, whose nonce opens the commitment to the arguments. */
  readonly writ: string;
  /** Canonical JSON: what was judged is what runs, and nothing else. */
  readonly args: string;
};

export type RunnerAnswer =
  | { readonly kind: 'ran'; readonly ran: Ran }
  | { readonly kind: 'refused'; readonly code: string };

/** What stands before the world: it runs what a receipt proves, once. */
export type Runner = { run(presented: Presented): Promise<RunnerAnswer> };

export function openRunner(workspace: string, executor: string, trust: Trust): Runner {
  let memory: Memory = emptyMemory();
  return {
    async run(presented) {
      const args = parseJson(encodeUtf8(presented.args)) as JsonObject; // the canonical text of an object
      const verdict = judge(presented, args);
      if (verdict.verdict !== 'valid') {
        return { kind: 'refused', code: verdict.verdict === 'unspent' ? 'UNSPENT' : verdict.code };
      }
      // Remembered before anything happens: whoever comes again finds it spent.
      memory = remember(memory, verdict.remember, Date.now());
      const { executable, words } = wordsOf(args);
      return { kind: 'ran', ran: await runWords(workspace, executable, words) };
    },
  };

  function judge({ receipt, writ }: Presented, args: JsonObject): SpendVerdict {
    const { nonce } = parseWrit(encodeUtf8(writ));
    const action = {
      tool: digestOfTool(COMMAND),
      args,
      nonce: typeof nonce === 'string' ? decodeBase64url(nonce) : nonce,
    };
    const me = { kind: 'executor', executor, origin: null } as const;
    return verifySpend(encodeUtf8(receipt), action, me, null, trust, memory, Date.now());
  }
}

/** Arguments as the schema of the tool has them: the cell has checked them against it. */
export function wordsOf(args: JsonObject): {
  readonly executable: string;
  readonly words: readonly string[];
} {
  const { executable, args: words } = args;
  const texts = Array.isArray(words) ? words.filter((word) => typeof word === 'string') : [];
  return { executable: typeof executable === 'string' ? executable : '', words: texts };
}
