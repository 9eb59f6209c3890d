let line = 0;

/** As an agent's door sends it: ever other arguments, a scene, some 600 bytes. */
export function proposalBody(): string {
  line += 1;
  return JSON.stringify({
    tool: 'files.read',
    args: { path: '/srv/project/src/main.ts', line, note: 'reading before the change that was asked for' },
    why: 'the task asks for a change in this file',
    session: 'bench',
    scene: {
      directory: '/srv/project',
      roots: ['/srv/project'],
      shell: 'bash',
      items: [
        {
          kind: 'path',
          name: '/srv/project/src/main.ts',
          digest: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
          used: true,
        },
      ],
    },
  });
}
