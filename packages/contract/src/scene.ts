/**
 * `tracked` is a file whose content is exactly what the version control of its root has committed, `undo` a
 * directory of which the enforcement point can take a snapshot before it runs.
 */
export const SCENE_ITEM_KINDS = [
  'path',
  'program',
  'script',
  'environment',
  'directory',
  'tracked',
  'undo',
] as const;
export type SceneItemKind = (typeof SCENE_ITEM_KINDS)[number];

/**
 * The state of the host that decides what an action will really do, sent by the enforcement point. `used`
 * marks the items that some finding relied on: only these are pinned and observed again at commit.
 */
export type SceneItem = {
  readonly kind: SceneItemKind;
  readonly name: string;
  readonly digest: string;
  readonly used: boolean;
};

export type Scene = {
  readonly directory: string;
  /** What `~` stands for; without it nobody said. */
  readonly home?: string;
  readonly roots: readonly string[];
  readonly shell: string | null;
  readonly items: readonly SceneItem[];
};

export const SCENE_LIMITS = { items_max: 256, roots_max: 16, name_characters_max: 4096 } as const;
