#!/usr/bin/env node
import { homedir } from 'node:os';
import process from 'node:process';
import { runProgram } from './program/run-program.ts';

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
  words: process.argv.slice(2),
  environment: process.env,
  user_home: homedir(),
  out: sinkOf(process.stdout),
  error: sinkOf(process.stderr),
});
