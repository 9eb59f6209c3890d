import type { Digest, Id, RememberedCheckpoint, Trust } from '@writ/proof';

export type TransportRequest = {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Path and query, as they stand in the request line. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  /** A transport SHOULD stop reading here; the client refuses whatever is longer. */
  readonly answer_bytes_max: number;
};

export type TransportAnswer = {
  readonly status: number;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
};

/** Sends one request and gives the whole answer. It MUST NOT follow redirects, and MUST NOT send it twice. */
export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;

/**
 * What survives this process. `remember` MUST be durable when it resolves, and MUST leave a larger checkpoint
 * of the same origin as it is. Several clients may share one.
 */
export type CheckpointMemory = {
  largest(origin: string): Promise<RememberedCheckpoint | null>;
  remember(checkpoint: RememberedCheckpoint): Promise<void>;
};

export type ClientOptions = {
  readonly transport: Transport;
  /** The access key: `wk_<id>_<secret>`. It goes into one header and nowhere else. */
  readonly key: string;
  /** Pinned keys. Nothing in an answer ever adds to them. */
  readonly trust: Trust;
  /** Which log of the trust; may be left out when it holds exactly one. */
  readonly origin?: string;
  /**
   * Who is expected to run what is allowed. Left out, it is whom the server says that the key belongs to:
   * then a lying server could show true permissions of somebody else for the same action.
   */
  readonly executor?: Id;
  /** Digests of tool definitions by name (`digestOfTool`), as this program was built against them. */
  readonly tools: ReadonlyMap<string, Digest>;
  readonly memory: CheckpointMemory;
  /** A fresh UUIDv7 each time. */
  readonly newId: () => string;
  /** Milliseconds since 1970. */
  readonly now_ms: () => number;
  /** Resolves after so many milliseconds. */
  readonly wait: (wait_ms: number) => Promise<void>;
};
