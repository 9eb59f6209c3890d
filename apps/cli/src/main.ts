#!/usr/bin/env node
import { homedir } from 'node:os';
import process from 'node:process';
import { beginLean } from './program/begin-lean.ts';
import { COMMANDS } from './program/commands.ts';
import { findCommand } from './program/parse-call.ts';
import { runProgram } from './program/run-program.ts';

const words = process.argv.slice(2);
if (findCommand(COMMANDS, words)?.command.stays === true) beginLean();

// Whoever reads the output may go away: that is their right and no failure of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = 2;
  });
}

const sinkOf = (stream: NodeJS.WriteStream) => ({
  write: (text: string) => stream.write(text),
  isTerminal: stream.isTTY,
});

process.exitCode = await runProgram({
  words,
  environment: process.env,
  user_home: homedir(),
  out: sinkOf(process.stdout),
  error: sinkOf(process.stderr),
});
