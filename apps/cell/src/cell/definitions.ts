import { Buffer } from 'node:buffer';
import { type JsonObject, POLICY_WORDS, type ToolDefinition } from '@writ/contract';
import type { Library, State } from '@writ/kernel';
import type { CompiledPolicy, Policy } from '@writ/policy';
import { sha256Base64url } from '@writ/proof';
import type { BlobStore } from '../blobs/blob-store.ts';
import { BlobFailure } from '../blobs/failure.ts';
import { CoreFailure } from '../core/failure.ts';
import type { Engine } from '../engine/load-engine.ts';
import { type KnownTool, openTool, toolDefinitionText } from '../intake/known-tool.ts';

/** Policies and tools by digest: blobs that are durable before any record names them, opened once. */
export type Definitions = {
  readonly library: Library;
  tool(digest: string): Promise<KnownTool>;
  addTool(definition: ToolDefinition): Promise<KnownTool>;
  /** `tools`: the arguments of those that are known, which its conditions are checked against. */
  addPolicy(text: string, tools: ReadonlyMap<string, JsonObject>): Promise<PolicyAdded>;
  /** The canonical text of a policy that was added. */
  policyText(digest: string): Promise<string>;
  /** Opens every policy that the state has in force: deciding never waits for a disk. */
  loadPolicies(state: State): Promise<void>;
  /** For judging records of the past: any policy, as `engine` compiles it, opened when it is first needed. */
  libraryOf(engine: Engine): RecordedLibrary;
};

export type RecordedLibrary = Library & {
  /** False when the policy is lost or damaged. */
  open(digest: string): Promise<boolean>;
};

export type PolicyAdded =
  | {
      readonly kind: 'policy';
      readonly digest: string;
      readonly slices: readonly string[];
      /** What its rules ask the past about, to be tagged. */
      readonly names: readonly string[];
    }
  | { readonly kind: 'refused'; readonly problems: readonly unknown[] };

export function openDefinitions(blobs: BlobStore, engine: Engine): Definitions {
  const policies = new Map<string, CompiledPolicy>();
  const tools = new Map<string, KnownTool>();
  const { compilePolicy, sliceTags } = engine.functions;
  const open = (policy: Policy): CompiledPolicy => {
    const compiled = compilePolicy(policy);
    policies.set(compiled.digest, compiled);
    return compiled;
  };
  return {
    library: { hash: sha256Base64url, policy: (digest) => policies.get(digest) ?? null },
    async tool(digest) {
      const known = tools.get(digest);
      if (known !== undefined) return known;
      // The digest names bytes that `addTool` printed.
      const definition = JSON.parse(await readText(blobs, digest)) as ToolDefinition;
      const opened = openTool(definition);
      tools.set(digest, opened);
      return opened;
    },
    async addTool(definition) {
      const opened = openTool(definition);
      await blobs.put(Buffer.from(toolDefinitionText(definition), 'utf8'));
      tools.set(opened.digest, opened);
      return opened;
    },
    async addPolicy(text, known) {
      const result = parse(engine, text, known);
      if (result.kind !== 'policy') return { kind: 'refused', problems: result.problems };
      const compiled = open(result.policy);
      await blobs.put(Buffer.from(engine.functions.printPolicy(result.policy), 'utf8'));
      return {
        kind: 'policy',
        digest: compiled.digest,
        slices: sliceTags(sha256Base64url, result.policy, compiled),
        names: compiled.names,
      };
    },
    policyText: (digest) => readText(blobs, digest),
    async loadPolicies(state) {
      for (const space of state.namespaces.values()) {
        const digest = space.policy?.policy;
        if (digest === undefined || policies.has(digest)) continue;
        const result = parse(engine, await readText(blobs, digest));
        if (result.kind !== 'policy')
          throw new CoreFailure('STORE_CORRUPT', `policy ${digest} does not load`);
        open(result.policy);
      }
    },
    libraryOf: (recorded) => openRecordedLibrary(blobs, recorded),
  };
}

function openRecordedLibrary(blobs: BlobStore, engine: Engine): RecordedLibrary {
  const policies = new Map<string, CompiledPolicy>();
  return {
    hash: sha256Base64url,
    policy: (digest) => policies.get(digest) ?? null,
    async open(digest) {
      const bytes = await blobs.get(digest).catch(absentIfBad);
      const result = bytes === 'missing' ? null : parse(engine, Buffer.from(bytes).toString('utf8'));
      if (result?.kind !== 'policy') return false;
      policies.set(digest, engine.functions.compilePolicy(result.policy));
      return true;
    },
  };
}

function absentIfBad(thrown: unknown): 'missing' {
  const isBad = thrown instanceof BlobFailure && thrown.code !== 'BLOB_TOO_LARGE';
  if (isBad) return 'missing';
  throw thrown;
}

function parse(
  engine: Engine,
  text: string,
  tools?: ReadonlyMap<string, JsonObject>,
): ReturnType<Engine['functions']['parsePolicy']> {
  return engine.functions.parsePolicy(text, tools === undefined ? POLICY_WORDS : { ...POLICY_WORDS, tools });
}

async function readText(blobs: BlobStore, digest: string): Promise<string> {
  const bytes = await blobs.get(digest);
  if (bytes === 'missing') throw new CoreFailure('STORE_CORRUPT', `a definition is missing: ${digest}`);
  return Buffer.from(bytes).toString('utf8');
}
