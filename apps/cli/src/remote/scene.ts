import type { Scene } from '@writ/contract';
import type { CommitBody } from '@writ/contract/api';

/** A scene as the wire has it: the same, with lists of its own. */
export function sceneOf(scene: Scene | null): NonNullable<CommitBody['scene']> | null {
  if (scene === null) return null;
  return { ...scene, roots: [...scene.roots], items: scene.items.map((item) => ({ ...item })) };
}
