// Planted faults: each is one edit of the source and the test that must fail for it. `find` stands in the
// file exactly once. The test is named by its file and a part of its title.

import { APPLYING } from './applying.mjs';
import { BELIEVING } from './believing.mjs';
import { COMMANDS } from './commands.mjs';
import { CREDENTIALS } from './credentials.mjs';
import { GATES } from './gates.mjs';
import { JUDGING } from './judging.mjs';
import { POLICY } from './policy.mjs';
import { QUESTIONS } from './questions.mjs';
import { READING } from './reading.mjs';
import { UNDERSTANDING } from './understanding.mjs';
import { VERIFYING } from './verifying.mjs';

export const FAULTS = [
  ...GATES,
  ...JUDGING,
  ...COMMANDS,
  ...CREDENTIALS,
  ...QUESTIONS,
  ...POLICY,
  ...APPLYING,
  ...UNDERSTANDING,
  ...READING,
  ...VERIFYING,
  ...BELIEVING,
];
