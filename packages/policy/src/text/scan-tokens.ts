import type { CST } from 'yaml';
import { POLICY_DEPTH_MAX } from '../limits.ts';
import type { Position, ProblemCode, Problems } from '../problem.ts';

type Pending = { readonly token: CST.Token; readonly depth: number };

const REFUSED: Readonly<Record<string, { readonly code: ProblemCode; readonly message: string }>> = {
  anchor: { code: 'YAML_ANCHOR', message: 'anchors are not allowed' },
  alias: { code: 'YAML_ALIAS', message: 'aliases are not allowed' },
  tag: { code: 'YAML_TAG', message: 'tags are not allowed' },
  directive: { code: 'YAML_DIRECTIVE', message: 'directives are not allowed' },
};

/**
 * Walks the concrete syntax with a stack of its own: the composer that follows recurses once a level, so
 * depth must be known before it runs. Returns false when there was a problem.
 */
export function scanTokens(
  tokens: readonly CST.Token[],
  place: (offset: number) => Position,
  problems: Problems,
): boolean {
  const before = problems.list.length;
  const stack: Pending[] = [];
  for (let index = tokens.length - 1; index >= 0; index -= 1) push(stack, tokens[index], 0);
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { token, depth } = next;
    if (depth > POLICY_DEPTH_MAX) {
      problems.add('POLICY_TOO_DEEP', place(token.offset), `at most ${POLICY_DEPTH_MAX} levels`);
      return false;
    }
    const refused = REFUSED[token.type];
    if (refused !== undefined) problems.add(refused.code, place(token.offset), refused.message);
    pushChildren(stack, token, depth);
  }
  return problems.list.length === before;
}

function pushChildren(stack: Pending[], token: CST.Token, depth: number): void {
  switch (token.type) {
    case 'document':
      push(stack, token.value, depth);
      for (const part of token.start) push(stack, part, depth);
      return;
    case 'block-map':
    case 'block-seq':
    case 'flow-collection':
      for (let index = token.items.length - 1; index >= 0; index -= 1) {
        const item = token.items[index];
        if (item === undefined) continue;
        push(stack, item.value, depth + 1);
        for (const part of item.sep ?? []) push(stack, part, depth);
        push(stack, item.key ?? undefined, depth + 1);
        for (const part of item.start) push(stack, part, depth);
      }
      return;
    case 'block-scalar':
      for (const part of token.props) push(stack, part, depth);
      return;
    default:
      return;
  }
}

function push(stack: Pending[], token: CST.Token | undefined, depth: number): void {
  if (token !== undefined) stack.push({ token, depth });
}
