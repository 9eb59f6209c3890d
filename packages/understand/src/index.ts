export { detect } from './detection/detect.ts';
export { DETECTION_KINDS, type Detection, type DetectionKind } from './detection/kinds.ts';
export { DETECTION_LIMITS } from './detection/limits.ts';
export { UNDERSTAND_CODES, type UnderstandCode, UnderstandFailure } from './failure.ts';
export { UNDERSTAND_LIMITS } from './limits.ts';
export {
  DETECTION_FINDING_CODES,
  type DetectionFinding,
  type DetectionFindingCode,
  type Tokenised,
  tokenise,
} from './tokens/tokenise.ts';
export { type ToUnderstand, understandAction } from './understand.ts';
export {
  type CheckedTool,
  type ProposalMeaning,
  type ProposalToRead,
  type Said,
  understandProposal,
} from './understand-proposal.ts';
export { classOfHost, HOST_CLASSES, type HostClass } from './urls/host-class.ts';
export { type ReadUrl, readUrl } from './urls/read-url.ts';
