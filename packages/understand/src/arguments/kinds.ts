import { ARGUMENT_KINDS, type ArgumentKind, type ToolDefinition } from '@writ/contract';

/** What stands below a place: the kinds that the tool declares there, by the rest of their names. */
export type Kinds = {
  readonly kind: ArgumentKind | null;
  readonly below: ReadonlyMap<string, Kinds>;
};

const NONE: Kinds = { kind: null, below: new Map() };
/** Each item of a list, each member of an object. */
const EACH = '*';

/** The names by which the arguments of any tool say what they are, where its definition says nothing. */
const BY_NAME: ReadonlyMap<string, ArgumentKind> = new Map<string, ArgumentKind>([
  ['path', 'path'],
  ['url', 'url'],
]);

/** What a tool says of its arguments, as a tree of their names. */
export function readKinds(tool: ToolDefinition | null): Kinds {
  const declared = Object.entries(tool?.arguments ?? {});
  return kindsOf(declared.map(([name, kind]) => ({ names: name.split('/'), kind })));
}

type Declaration = { readonly names: readonly string[]; readonly kind: ArgumentKind };

function kindsOf(declarations: readonly Declaration[]): Kinds {
  if (declarations.length === 0) return NONE;
  const grouped = new Map<string, Declaration[]>();
  let own: ArgumentKind | null = null;
  for (const { names, kind } of declarations) {
    const [first, ...rest] = names;
    if (first === undefined) {
      if (ARGUMENT_KINDS.includes(kind)) own = kind;
      continue;
    }
    const group = grouped.get(first) ?? [];
    group.push({ names: rest, kind });
    grouped.set(first, group);
  }
  return { kind: own, below: new Map([...grouped].map(([name, group]) => [name, kindsOf(group)])) };
}

/** Of a member. What a whole is, its parts are, unless something more exact is said of them. */
export function kindsOfMember(kinds: Kinds, name: string): Kinds {
  const declared = kinds.below.get(name) ?? kinds.below.get(EACH);
  if (declared !== undefined && (declared.kind !== null || declared.below.size > 0)) {
    return { ...declared, kind: declared.kind ?? kinds.kind };
  }
  return { kind: kinds.kind ?? BY_NAME.get(name) ?? null, below: NONE.below };
}

export function kindsOfItem(kinds: Kinds): Kinds {
  const declared = kinds.below.get(EACH);
  return { kind: declared?.kind ?? kinds.kind, below: declared?.below ?? NONE.below };
}
