/** What `npm test` spends: enough for each planted fault to be met from this seed on. */
export const STEPS_IN_TEST = 30_000;
export const SEED = 1;
