/** Every way in which the tiles say no. */
export type TilesCode =
  | 'TILES_INVALID' //   the call itself is malformed
  | 'TILES_RANGE' //     the tree is not that large yet
  | 'TILES_ORDER' //     an append does not start where the last one ended
  | 'TILES_CORRUPT' //   stored hashes contradict each other; `index` is the first record under the bad one
  | 'TILES_MISMATCH' //  stored hashes contradict the journal; `index` names the first such record
  | 'TILES_IO'; //       the files cannot be read or written

/**
 * A refusal by the tiles. They are derived from the journal: what is wrong here can be written again from
 * there.
 */
export class TilesFailure extends Error {
  readonly code: TilesCode;
  readonly detail: string;
  readonly index: number | null;

  constructor(code: TilesCode, detail: string, index: number | null = null) {
    super(index === null ? `${code}: ${detail}` : `${code} at ${index}: ${detail}`);
    this.name = 'TilesFailure';
    this.code = code;
    this.detail = detail;
    this.index = index;
  }
}
