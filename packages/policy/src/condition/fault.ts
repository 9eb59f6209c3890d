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
