/** What an action does to the world. Thirteen broad tags, then finer ones that stand beside a broad one. */
export const EFFECTS = [
  'READ_REPO',
  'READ_SECRETS',
  'READ_CONFIG',
  'COMPUTE',
  'WRITE_PATCH',
  'RUN_TESTS',
  'BUILD_ARTIFACT',
  'CREATE_PR',
  'MERGE',
  'DEPLOY',
  'NETWORK_CALL',
  'SEND_NOTIFICATION',
  'OTHER',
  'DELETE',
  'DOWNLOAD',
  'UPLOAD',
  'EXECUTE_CODE',
  'ESCALATE_PRIVILEGE',
  'LISTEN',
  'PERSIST',
  'SPEND_MONEY',
  'RUN_WORKSPACE_CODE',
  'INSTALL',
  'WRITE_OUTSIDE',
  'PUBLISH',
  'CONTROL_SYSTEM',
  'CHANGE_CLOUD',
  'REWRITE_HISTORY',
  'HIDE_TRACES',
  'CAPTURE',
  'CHANGE_DATA',
  'DESTROY_DATA',
] as const;

export type Effect = (typeof EFFECTS)[number];

/** Effects that change nothing; an action with no other needs no way back. */
export const READ_ONLY_EFFECTS: ReadonlySet<Effect> = new Set<Effect>([
  'READ_REPO',
  'READ_CONFIG',
  'COMPUTE',
]);

/** Effects through which something can leave the host. */
export const EGRESS_EFFECTS: ReadonlySet<Effect> = new Set<Effect>([
  'NETWORK_CALL',
  'SEND_NOTIFICATION',
  'CREATE_PR',
  'MERGE',
  'DEPLOY',
  'UPLOAD',
  'PUBLISH',
  'CHANGE_CLOUD',
]);
