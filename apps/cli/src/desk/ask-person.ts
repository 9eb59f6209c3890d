import { createInterface } from 'node:readline/promises';
import type { ProofOfPerson } from '@writ/contract';
import { CliFailure } from '../program/failure.ts';
import { encodeText } from '../terminal/encode-text.ts';

/** Where a person could type. Both ends must be a terminal: a pipe proves nobody. */
export type PersonsTerminal = {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly isTerminal: boolean;
};

export type Question = {
  /** What the answer is about, as it is shown above the question. */
  readonly shown: readonly string[];
  /** What has to be typed: part of what the answer is bound to, so that it cannot be prepared. */
  readonly word: string;
  readonly unattended: boolean;
};

/**
 * p1 when somebody typed it at this terminal. Without one the weakest proof is claimed, and only when that
 * was asked for; whether p0 is enough is for the cell to say.
 */
export async function askPerson(terminal: PersonsTerminal, question: Question): Promise<ProofOfPerson> {
  const { shown, word, unattended } = question;
  if (unattended) return 'p0';
  if (!terminal.isTerminal) {
    const advice = 'run this at a terminal, or give --unattended, which counts as p0 only';
    throw new CliFailure('PERSON_NEEDED', advice);
  }
  for (const line of shown) terminal.output.write(`${encodeText(line)}\n`);
  const typing = createInterface({ input: terminal.input, output: terminal.output });
  try {
    const typed = await typing.question(`type ${encodeText(word)} to answer, anything else to leave it: `);
    if (typed.trim() === word) return 'p1';
  } finally {
    typing.close();
  }
  throw new CliFailure('NOT_CONFIRMED', 'nothing was answered', 1);
}
