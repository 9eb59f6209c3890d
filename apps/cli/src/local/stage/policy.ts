/**
 * What the agent of the stage may do. It names what is allowed; what no rule names is blocked. Every example
 * is judged when it is loaded.
 */
export const POLICY = `version: 1
name: stage
rules:
  - id: look
    tools: [command.run]
    when: >-
      has(args.executable)
      && args.executable in ['cat', 'echo', 'find', 'grep', 'head', 'ls', 'pwd', 'sort', 'stat', 'tail', 'wc']
      && size(effects) > 0 && effects.all(effect, effect in ['READ_REPO', 'COMPUTE'])
      && !('lexical_only' in findings)
      && (args.executable != 'grep' || (has(scene.roots)
        && resources.exists(r, r.kind == 'path' && scene.roots.exists(root, r.name.startsWith(root + '/')))
        && resources.all(r, r.kind != 'path' || !(r.name in scene.roots))))
    verdict: ALLOW
    examples:
      - { args: { executable: cat }, effects: [READ_REPO], expect: ALLOW }
      - { args: { executable: cat }, effects: [READ_REPO], findings: [lexical_only], expect: BLOCK }
      - { args: { executable: cat }, effects: [READ_REPO, READ_SECRETS], expect: BLOCK }
      - { args: { executable: python3 }, effects: [READ_REPO], expect: BLOCK }
      # A search through everything would also show what is secret.
      - args: { executable: grep }
        effects: [READ_REPO]
        resources: [{ kind: path, name: /shop }]
        scene: { roots: [/shop] }
        expect: BLOCK
      - args: { executable: grep }
        effects: [READ_REPO]
        resources: [{ kind: path, name: /shop/src }]
        scene: { roots: [/shop] }
        expect: ALLOW

  # Possible inside the workspace; what cannot be undone is for gate 8 to hold back.
  - id: change
    tools: [command.run]
    effects: { any: [WRITE_PATCH] }
    when: >-
      has(args.executable) && args.executable in ['cp', 'mkdir', 'touch']
      && effects.all(effect, effect in ['READ_REPO', 'COMPUTE', 'WRITE_PATCH'])
      && !('lexical_only' in findings)
      && has(scene.roots)
      && resources.all(r, r.kind == 'program' || (r.kind == 'path'
        && scene.roots.exists(root, r.name.startsWith(root + '/'))))
    verdict: ALLOW
    examples:
      - args: { executable: mkdir }
        effects: [WRITE_PATCH]
        reversibility: reversible
        resources: [{ kind: path, name: /shop/reports }]
        scene: { roots: [/shop] }
        expect: ALLOW
      - args: { executable: mkdir }
        effects: [WRITE_PATCH]
        reversibility: reversible
        resources: [{ kind: path, name: /elsewhere }]
        scene: { roots: [/shop] }
        expect: BLOCK

  # The ALLOW opens what the ESCALATE then holds back until a person has said yes.
  - id: mail
    tools: [mail.send]
    verdict: ALLOW
    examples:
      - { effects: [SEND_NOTIFICATION], reversibility: reversible, expect: ESCALATE }
  - id: mail-asks
    tools: [mail.send]
    verdict: ESCALATE
    needs: p1
    examples:
      - { effects: [SEND_NOTIFICATION], reversibility: reversible, expect: ESCALATE }

  - id: no-secrets
    tools: ['*']
    effects: { any: [READ_SECRETS] }
    verdict: BLOCK
    examples:
      - { tool: command.run, effects: [READ_REPO, READ_SECRETS], expect: BLOCK }
  - id: nothing-destroyed
    tools: ['*']
    effects: { any: [DELETE] }
    verdict: BLOCK
    examples:
      - { tool: command.run, effects: [DELETE], expect: BLOCK }
  - id: no-network
    tools: ['*']
    effects: { any: [NETWORK_CALL, DOWNLOAD, UPLOAD] }
    verdict: BLOCK
    examples:
      - { tool: command.run, effects: [NETWORK_CALL], expect: BLOCK }
  - id: nothing-opaque
    tools: ['*']
    when: "'opaque' in findings"
    verdict: BLOCK
    code: OPAQUE
    examples:
      - { tool: command.run, effects: [READ_REPO], findings: [opaque], expect: BLOCK }
`;
