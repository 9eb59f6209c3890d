import { type Effect, type Finding, type FindingCode, RISK_ONE } from '@writ/contract';

/** Millionths. spec/27-understanding.md §5 says what they are for. */
const EFFECT_RISKS: Readonly<Record<Effect, number>> = {
  COMPUTE: 10_000,
  READ_REPO: 20_000,
  READ_CONFIG: 50_000,
  RUN_TESTS: 150_000,
  BUILD_ARTIFACT: 150_000,
  WRITE_PATCH: 200_000,
  DOWNLOAD: 250_000,
  CREATE_PR: 250_000,
  NETWORK_CALL: 300_000,
  SEND_NOTIFICATION: 300_000,
  LISTEN: 400_000,
  UPLOAD: 450_000,
  MERGE: 450_000,
  EXECUTE_CODE: 500_000,
  PERSIST: 500_000,
  OTHER: 500_000,
  DELETE: 550_000,
  DEPLOY: 600_000,
  READ_SECRETS: 600_000,
  SPEND_MONEY: 600_000,
  ESCALATE_PRIVILEGE: 800_000,
  RUN_WORKSPACE_CODE: 200_000,
  INSTALL: 300_000,
  WRITE_OUTSIDE: 400_000,
  REWRITE_HISTORY: 550_000,
  CHANGE_DATA: 550_000,
  PUBLISH: 600_000,
  CHANGE_CLOUD: 600_000,
  CAPTURE: 700_000,
  CONTROL_SYSTEM: 700_000,
  HIDE_TRACES: 800_000,
  DESTROY_DATA: 800_000,
};

/** Added once for each code, wherever and however often it was found. */
const FINDING_RISKS: Readonly<Record<FindingCode, number>> = {
  lexical_only: 10_000,
  personal_data_in_arguments: 50_000,
  unfamiliar: 150_000,
  secret_in_arguments: 200_000,
  obfuscated: 300_000,
  opaque: 300_000,
  tainted_sink: 300_000,
  leaves_workspace: 50_000,
  high_entropy: 100_000,
  install_scripts: 100_000,
  changed_code: 100_000,
  protected_branch: 150_000,
  confusable: 200_000,
  encoded_path: 200_000,
  hidden_characters: 200_000,
  remote_code: 200_000,
  unbounded_change: 300_000,
  decode_and_run: 400_000,
  download_and_run: 400_000,
  destroys_everything: RISK_ONE,
  metadata_address: RISK_ONE,
  reverse_shell: RISK_ONE,
  secret_leaves: RISK_ONE,
  secret_into_model: RISK_ONE,
  self_protect: RISK_ONE,
};

/** The heaviest effect, and each finding beside it; never more than one. */
export function weighRisk(effects: readonly Effect[], findings: readonly Finding[]): number {
  const heaviest = Math.max(0, ...effects.map((effect) => EFFECT_RISKS[effect]));
  const codes = new Set(findings.map(({ code }) => code));
  const added = [...codes].reduce((sum, code) => sum + FINDING_RISKS[code], 0);
  return Math.min(RISK_ONE, heaviest + added);
}
