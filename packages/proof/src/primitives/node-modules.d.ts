// The few names of Node that `node.ts` uses. The package compiles with `types: []`, so that nothing else of
// Node can slip into it; these declarations are ambient and leave no trace in the published types.
declare module 'node:crypto' {
  type KeyObject = { export(options: { format: 'der'; type: 'spki' }): Uint8Array };
  export function hash(
    algorithm: 'sha256',
    data: Uint8Array | string,
    encoding: 'latin1' | 'base64url',
  ): string;
  export function createPublicKey(input: { key: Uint8Array; format: 'der'; type: 'spki' }): KeyObject;
  export function createPublicKey(input: KeyObject): KeyObject;
  export function createPrivateKey(input: { key: Uint8Array; format: 'der'; type: 'pkcs8' }): KeyObject;
  export function sign(algorithm: null, data: Uint8Array, key: KeyObject): Uint8Array;
  export function verify(algorithm: null, data: Uint8Array, key: KeyObject, signature: Uint8Array): boolean;
}

declare module 'node:buffer' {
  export const Buffer: {
    from(
      buffer: ArrayBufferLike,
      offset: number,
      length: number,
    ): Uint8Array & {
      latin1Slice(start: number, end: number): string;
      utf8Slice(start: number, end: number): string;
      base64Slice(start: number, end: number): string;
      base64urlSlice(start: number, end: number): string;
      utf8Write(text: string, offset: number, length: number): number;
    };
    byteLength(text: string, encoding: 'utf8'): number;
  };
  export function isUtf8(bytes: Uint8Array): boolean;
}
