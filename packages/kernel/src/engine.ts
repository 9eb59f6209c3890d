/**
 * The engine: everything that understands and decides. A release ships this module as one self-contained file
 * named by its digest, so that a record can be judged again by exactly the code that judged it.
 */
export { compilePolicy, parsePolicy, printPolicy } from '@writ/policy';
export { understandProposal } from '@writ/understand';
export { apply, fold } from './apply/apply.ts';
export { draftTerm } from './commands/cell.ts';
export { decide } from './decide.ts';
export { decideAgain } from './decide-again.ts';
export { explain, explainRecorded } from './explain.ts';
export { judgeUnder } from './judge-under.ts';
export { decodeOwn, decodeStored } from './record/decode.ts';
export { encodeDraft } from './record/encode.ts';
export { bucketOf, sliceTags } from './record/slices.ts';
export { carryState } from './state/carry.ts';
export { restoreSnapshot } from './state/restore.ts';
export { printSnapshot } from './state/snapshot.ts';
export { emptyState } from './state/state.ts';
export { RECORDS_PER_COMMAND_MAX, step } from './step.ts';
export { understandAgain } from './understand-again.ts';
export { wouldAnswer } from './would-answer.ts';
