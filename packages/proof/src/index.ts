export { decodeBase64, decodeBase64url, encodeBase64, encodeBase64url } from './bytes/base64.ts';
export { concatBytes } from './bytes/concat.ts';
export { equalBytes } from './bytes/equal.ts';
export { decodeHex, encodeHex } from './bytes/hex.ts';
export { decodeUtf8, encodeUtf8 } from './bytes/utf8.ts';
export {
  CHECKPOINT_SIZE_MAX,
  type Checkpoint,
  parseCheckpoint,
  printCheckpoint,
} from './checkpoint/checkpoint.ts';
export { type LogTrust, type OpenedCheckpoint, openCheckpoint } from './checkpoint/open.ts';
export { PROOF_CODES, type ProofCode } from './codes.ts';
export {
  ACCESS_KEY_SECRET_CHARACTERS,
  accessKeyDigest,
  isCredentialId,
  parseAccessKey,
  printAccessKey,
} from './credential/access-key.ts';
export { hkdfSha256 } from './digest/hkdf.ts';
export { hmacSha256 } from './digest/hmac.ts';
export { DIGEST_BYTES, sha256, sha256Base64url, sha256Into } from './digest/sha256.ts';
export { cutToTag } from './digest/tag.ts';
export { loadPublicKey, PUBLIC_KEY_BYTES, type PublicKey } from './ed25519/public-key.ts';
export { publicKeyOfSeed, signEd25519 } from './ed25519/sign.ts';
export { SIGNATURE_BYTES, verifyEd25519 } from './ed25519/verify.ts';
export { Failure } from './failure.ts';
export { isCanonical, printJsonBytes } from './json/canonical.ts';
export { parseJson } from './json/parse.ts';
export { printJson } from './json/print.ts';
export {
  JSON_LIMITS,
  type JsonArray,
  type JsonLimits,
  type JsonObject,
  type JsonValue,
} from './json/value.ts';
export { isKeyName } from './note/key-name.ts';
export {
  NOTE_BYTES_MAX,
  NOTE_SIGNATURES_MAX,
  type Note,
  type NoteSignature,
  noteSignatureLine,
  parseNote,
  printNote,
} from './note/note.ts';
export { type OpenedNote, openNote } from './note/open.ts';
export { parseVerifierKey, printVerifierKey, type VerifierKey, verifierKeyOf } from './note/verifier-key.ts';
export {
  type ApprovalHead,
  type ClockHead,
  type CommitHead,
  type CredentialHead,
  type DecisionHead,
  type Digest,
  type EngineHead,
  type EraseHead,
  type FreezeHead,
  type GenesisHead,
  HEAD_BYTES_MAX,
  type Head,
  type HeadParts,
  type HeadVerdict,
  type Id,
  type KeyHead,
  type OutcomeHead,
  type QuarantineHead,
  type QuestionsHead,
  RECORD_VERSION,
  type RecordKind,
  type RefusalHead,
  type RegistrationHead,
  type ReleaseHead,
  type SnapshotHead,
  type Tag,
  type TermHead,
  type TickHead,
} from './record/head.ts';
export { RECORD_KINDS } from './record/members.ts';
export { isDigest, isHead, isId, isTag, parseHead } from './record/parse-head.ts';
export {
  blindReference,
  commitPart,
  layPart,
  makePart,
  openPart,
  PART_SALT_CHARACTERS,
  type PartKind,
  SEALED_PART_BYTES_MAX,
  STATE_PART_BYTES_MAX,
  type TextHash,
} from './record/part.ts';
export { printHead } from './record/print-head.ts';
export {
  parseTlogProof,
  printTlogProof,
  printTlogProofBytes,
  type TlogProof,
} from './tlog-proof/tlog-proof.ts';
export { type VerifiedInclusion, verifyTlogProof } from './tlog-proof/verify.ts';
export { openBatch, type TreeBatch } from './tree/batch.ts';
export { appendLeaves, emptyFrontier, type Frontier, frontierOf, peakList, rootOf } from './tree/frontier.ts';
export { HASH_BYTES, hashLeaves, hashLeavesInto, leafHash, nodeHash } from './tree/hash.ts';
export { foldNodes, peakNodes, type TreeNode } from './tree/nodes.ts';
export { assembleConsistency, assembleInclusion, consistencyNodes, inclusionNodes } from './tree/prove.ts';
export { parseTilePath, printTilePath, TILE_WIDTH, type Tile, type TilePlace, tileOf } from './tree/tiles.ts';
export { type ConsistencyClaim, verifyConsistency } from './tree/verify-consistency.ts';
export { type InclusionClaim, verifyInclusion } from './tree/verify-inclusion.ts';
export {
  CHALLENGE_BYTES_MAX,
  CHALLENGE_BYTES_MIN,
  keyThumbprint,
  type Possession,
  possessionMessage,
} from './receipt/possession.ts';
export { parseReceipt } from './receipt/parse.ts';
export { printReceipt } from './receipt/print.ts';
export { RECEIPT_BYTES_MAX, RECEIPT_FORMAT, type SpendReceipt } from './receipt/receipt.ts';
export { type SpendAction, type SpendAudience, type SpendVerdict, verifySpend } from './receipt/verify.ts';
export { openTrustedCheckpoint } from './trust/accept-checkpoint.ts';
export { type Advance, checkpointAdvances } from './trust/checkpoint-advances.ts';
export { type Cosignature, cosignedMessage, printCosignature } from './trust/cosignature.ts';
export { loadTrust } from './trust/load.ts';
export {
  emptyMemory,
  type Memory,
  MEMORY_ACTIONS_MAX,
  MEMORY_CHECKPOINTS_MAX,
  MEMORY_FORMAT,
  type Remember,
  type RememberedAction,
  type RememberedCheckpoint,
} from './trust/memory.ts';
export { parseMemory, printMemory } from './trust/memory-file.ts';
export { parseTrust, parseTrustFile } from './trust/parse.ts';
export { printTrust } from './trust/print.ts';
export { remember } from './trust/remember.ts';
export {
  type Trust,
  TRUST_FORMAT,
  type TrustedKey,
  type TrustedLog,
  type TrustFile,
  type TrustFileKey,
  type TrustFileLog,
  type TrustFileWitnesses,
  type WitnessPolicy,
} from './trust/trust.ts';
export { parseWitnessKey, printWitnessKey, type WitnessKey, witnessKeyOf } from './trust/witness-key.ts';
export { commitArgs, commitArgsText, deriveNonce, NONCE_BYTES } from './writ/args.ts';
export { SKEW_MS } from './writ/bind.ts';
export { formatOf, type VerifiableFormat } from './writ/format-of.ts';
export type { Refused } from './writ/outcome.ts';
export { parseWrit } from './writ/parse.ts';
export { printWrit } from './writ/print.ts';
export type { ProvenHead } from './writ/proven-head.ts';
export {
  type PermissionHead,
  type RecordVerdict,
  verifyRecord,
  verifyWrit,
  type WritQuestion,
  type WritVerdict,
} from './writ/verify.ts';
export { WRIT_BYTES_MAX, WRIT_FORMAT, type Writ } from './writ/writ.ts';
export { type LineReader, readLines, type TakeLine } from './log/lines.ts';
export {
  LOG_BATCH_RECORDS_MAX,
  LOG_FORMAT,
  LOG_LINE_BYTES_MAX,
  type LogBatch,
  type LogEntry,
  printLogBatch,
  printLogEnd,
  printLogHeader,
} from './log/log-text.ts';
export type {
  HeldCheckpoint,
  LogChecked,
  LogInvalid,
  LogOptions,
  LogPlace,
  LogVerdict,
} from './log/verdict.ts';
export { type LogVerification, startLogVerification } from './log/verification.ts';
export { type OpenLog, verifyLog } from './log/verify-log.ts';
