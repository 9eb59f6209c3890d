/** The policy that Lexecon has without any file. */
export const DEFAULT_POLICY = `allowed_executables: [ls, echo, cat, grep, pwd, date, whoami]
rules:
  - id: block_destructive_shell
    tool: shell.run
    action: BLOCK
    patterns: ["rm -rf", "sudo rm", "mkfs", "diskutil erase"]
    reason: "Destructive shell command detected."
`;

type Parts = {
  readonly allowed?: string;
  readonly id?: string | null;
  readonly tool?: string | null;
  readonly action?: string | null;
  readonly patterns?: readonly string[] | null;
  readonly more?: string;
};

/** A policy of one rule; what is null is left out. */
export function policyText(parts: Parts): string {
  const { allowed = '[echo]', id = 'one', tool = 'shell.run', action = 'BLOCK', more } = parts;
  const { patterns = ['rm -rf'] } = parts;
  const members = [
    ...(id === null ? [] : [`id: ${id}`]),
    ...(tool === null ? [] : [`tool: ${tool}`]),
    ...(action === null ? [] : [`action: ${action}`]),
    ...(patterns === null ? [] : [`patterns: ${JSON.stringify(patterns)}`]),
    ...(more === undefined ? [] : [more]),
  ];
  return `allowed_executables: ${allowed}\nrules:\n  - ${members.join('\n    ')}\n`;
}
