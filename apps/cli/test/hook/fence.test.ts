import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fenced, findFence } from '../../src/hook/door/fence.ts';

const PLACES = {
  directory: '/home/me/.config/writ/client/hook',
  socket: '/home/me/.local/state/writ/run/hook.sock',
};
const SCENE = { directory: '/work/a', roots: ['/work'], shell: '/usr/bin/bash', items: [] };
const SEEN = { program: { path: '/bin/bash', real: '/usr/bin/bash' }, digest: 'digest', scene: SCENE };

function fence(place: string | null, ...obligations: string[]): ReturnType<typeof fenced> {
  const places = PLACES as Parameters<typeof fenced>[0]['places']; // what a fence reads of them
  return fenced({ fence: place, places }, SEEN, { words: ['-c', 'ls'], obligations });
}

describe('fenced()', () => {
  it('starts the shell by what it holds where there is no fence, and nothing that wants one', () => {
    expect(fence(null)).toEqual({
      executable: '/bin/bash',
      real: '/usr/bin/bash',
      digest: 'digest',
      args: ['-c', 'ls'],
    });
    expect(fence(null, 'run_fenced')).toBeNull();
    expect(fence(null, 'no_network')).toBeNull();
  });

  it('hides the places of Writ from every command in it', () => {
    const words = fence('/usr/bin/bwrap')?.args.join(' ');
    expect(words).toContain('--tmpfs /home/me/.config/writ/client --tmpfs /home/me/.local/state/writ/run');
    expect(words).toContain('--bind / /');
    expect(words).not.toContain('--unshare-net');
    expect(words?.endsWith('--chdir /work/a -- /usr/bin/bash -c ls')).toBe(true);
  });

  it('closes the disk and the network where that is an obligation', () => {
    const words = fence('/usr/bin/bwrap', 'run_fenced', 'no_network')?.args.join(' ');
    expect(words).toContain('--unshare-net --ro-bind / /');
    expect(words).toContain('--tmpfs /tmp --bind /work /work --bind /work/a /work/a');
  });
});

describe('findFence()', () => {
  it('takes none that is not there or does not work', async () => {
    expect(await findFence(['/nowhere/bwrap', '/bin/false'])).toBeNull();
  });

  it.skipIf(!existsSync('/usr/bin/bwrap'))('gives only a place that runs something', async () => {
    expect([null, '/usr/bin/bwrap']).toContain(await findFence(['/usr/bin/bwrap']));
  });
});
