export type { Environment, ExitCode } from './program/command.ts';
export { type Outside, runProgram } from './program/run-program.ts';
export { encodeText } from './terminal/encode-text.ts';
