import type { OnProgress } from '@writ/cell';
import type { Call } from '../../program/command.ts';

/** Each step at its beginning, and then at most so often. */
const TELL_EACH_MS = 1_000;

export function tellProgress(call: Call): OnProgress {
  let told = { step: '', at: 0 };
  return ({ step, done, of }) => {
    const now = Date.now();
    if (step === told.step && now - told.at < TELL_EACH_MS) return;
    told = { step, at: now };
    call.progress(of === Number.MAX_SAFE_INTEGER ? `${step}: ${done}` : `${step}: ${done} of ${of}`);
  };
}
