/**
 * The state of the host that decides what an action will really do, sent by the enforcement point. `used`
 * marks the items that some finding relied on: only these are pinned and observed again at commit.
 */
export type SceneItem = {
  readonly kind: 'path' | 'program' | 'script' | 'environment' | 'directory';
  readonly name: string;
  readonly digest: string;
  readonly used: boolean;
};

export type Scene = {
  readonly directory: string;
  readonly roots: readonly string[];
  readonly shell: string | null;
  readonly items: readonly SceneItem[];
};

export const SCENE_LIMITS = { items_max: 256, roots_max: 16, name_characters_max: 4096 } as const;
