/** What can go wrong while a condition runs. Every one of these makes the verdict BLOCK. */
export type FaultCode =
  | 'NOT_A_BOOL'
  | 'NOT_A_NUMBER'
  | 'NOT_TEXT'
  | 'NOT_A_LIST'
  | 'NOT_A_MAP'
  | 'TYPES_DIFFER'
  | 'NO_SUCH_MEMBER'
  | 'OUT_OF_RANGE'
  | 'OVERFLOW'
  | 'DIVISION_BY_ZERO'
  | 'TOO_DEEP'
  | 'TOO_LONG'
  | 'TOO_MANY'
  | 'STEPS_EXCEEDED'
  | 'INTERNAL';

export class Fault extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode) {
    super(code);
    this.name = 'Fault';
    this.code = code;
  }
}

const MADE = new Map<FaultCode, Fault>();

/** One instance a code: an agent may cause thousands of faults a second, and a stack trace is dear. */
export function fault(code: FaultCode): Fault {
  const known = MADE.get(code);
  if (known !== undefined) return known;
  const made = new Fault(code);
  MADE.set(code, made);
  return made;
}

/** The end of an exhaustive switch: the compiler proves that nothing gets here. */
export function impossible(_value: never): never {
  throw fault('INTERNAL');
}
