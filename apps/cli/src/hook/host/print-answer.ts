import type { JsonObject } from '@writ/contract';
import type { JsonValue } from '@writ/proof';

/** What the door has to say to an event, before it is in the words of the host. */
export type HookAnswer =
  /** As it would have been without Writ: the host's own rules and prompts apply. */
  | { readonly kind: 'host' }
  | { readonly kind: 'allow'; readonly input: JsonObject | null }
  | { readonly kind: 'ask'; readonly input: JsonObject; readonly reason: string }
  | { readonly kind: 'deny'; readonly reason: string }
  /** In the place of what a tool gave. */
  | { readonly kind: 'output'; readonly value: JsonValue }
  /** A line for the person. */
  | { readonly kind: 'tell'; readonly message: string };

/** The JSON text that Claude Code reads, the same over HTTP and on standard output. */
export function printAnswer(answer: HookAnswer): string {
  switch (answer.kind) {
    case 'host':
      return '{}';
    case 'allow': {
      const { input } = answer;
      const changed = input === null ? {} : { updatedInput: input };
      return before({ permissionDecision: 'allow', ...changed });
    }
    case 'ask': {
      const { input: updatedInput, reason: permissionDecisionReason } = answer;
      return before({ permissionDecision: 'ask', permissionDecisionReason, updatedInput });
    }
    case 'deny':
      return before({ permissionDecision: 'deny', permissionDecisionReason: answer.reason });
    case 'output':
      return specific({ hookEventName: 'PostToolUse', updatedToolOutput: answer.value });
    case 'tell':
      return JSON.stringify({ systemMessage: answer.message });
    default:
      return answer satisfies never;
  }
}

function before(members: JsonObject): string {
  return specific({ hookEventName: 'PreToolUse', ...members });
}

function specific(hookSpecificOutput: JsonObject): string {
  return JSON.stringify({ hookSpecificOutput });
}
