export type DoorCode =
  | 'PORT_TAKEN' //       another program listens there
  | 'ADDRESS_UNUSABLE' // this machine does not have it, or this user may not listen there
  | 'SOCKET_PATH_LONG'; // the system takes no longer name for a socket

/** A door that does not open. `detail` says what to do. */
export class DoorFailure extends Error {
  readonly code: DoorCode;
  readonly detail: string;

  constructor(code: DoorCode, detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, cause === undefined ? undefined : { cause });
    this.name = 'DoorFailure';
    this.code = code;
    this.detail = detail;
  }
}
