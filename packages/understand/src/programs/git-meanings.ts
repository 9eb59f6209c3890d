import {
  attached,
  flags,
  type Option,
  type Options,
  options,
  type Program,
  RISK_DESTROYS,
  values,
} from './program.ts';

export const LOOKS: Partial<Program> = { effects: ['COMPUTE', 'READ_REPO'] };
export const KEEPS: Partial<Program> = {
  effects: ['COMPUTE', 'READ_REPO', 'WRITE_PATCH'],
  reversibility: 'reversible',
};
export const KEEPS_AND_RUNS: Partial<Program> = {
  ...KEEPS,
  effects: ['COMPUTE', 'READ_REPO', 'WRITE_PATCH', 'RUN_WORKSPACE_CODE'],
};
export const RENEWS: Partial<Program> = {
  ...KEEPS_AND_RUNS,
  effects: ['COMPUTE', 'READ_REPO', 'WRITE_PATCH', 'RUN_WORKSPACE_CODE', 'REWRITE_HISTORY'],
};
export const LOSES: Partial<Program> = {
  effects: ['WRITE_PATCH', 'DELETE'],
  reversibility: 'irreversible',
  risk_min: RISK_DESTROYS,
  in_repository: true,
};
export const LOSING: Partial<Option> = {
  effects: ['DELETE'],
  reversibility: 'irreversible',
  risk_min: RISK_DESTROYS,
  in_repository: true,
};
export const REWRITING: Partial<Option> = { effects: ['REWRITE_HISTORY'], reversibility: 'reversible' };
export const TALK: Options = { ...options(`--[no-]quiet --[no-]verbose --[no-]progress`), ...flags('-q -v') };
export const FROM_FILE: Options = {
  ...values('--pathspec-from-file', 'read'),
  ...flags('--pathspec-file-nul'),
};
export const GOING: Options = flags('--continue --abort --quit --skip --show-current-patch --edit-todo');
export const SIGNING: Options = { ...attached('-S --gpg-sign'), ...flags('--no-gpg-sign') };
export const STRATEGY: Options = values('-s -X --strategy --strategy-option');
