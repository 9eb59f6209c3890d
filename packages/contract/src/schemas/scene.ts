import { Type } from 'typebox';
import { SCENE_ITEM_KINDS, SCENE_LIMITS } from '../scene.ts';
import { CLOSED, ForeignDigestSchema, nullable, WordSchema } from './values.ts';

const PlaceSchema = Type.String({ minLength: 1, maxLength: SCENE_LIMITS.name_characters_max });

export const SceneItemSchema = Type.Object(
  {
    kind: Type.Enum(SCENE_ITEM_KINDS),
    name: PlaceSchema,
    digest: ForeignDigestSchema,
    used: Type.Boolean(),
  },
  CLOSED,
);

export const SceneSchema = Type.Object(
  {
    directory: PlaceSchema,
    home: Type.Optional(PlaceSchema),
    roots: Type.Array(PlaceSchema, { maxItems: SCENE_LIMITS.roots_max }),
    shell: nullable(PlaceSchema),
    items: Type.Array(SceneItemSchema, { maxItems: SCENE_LIMITS.items_max }),
  },
  CLOSED,
);

/** What an executor observed again: an item without what a finding made of it. */
export const SceneObservationSchema = Type.Object(
  { kind: WordSchema, name: PlaceSchema, digest: ForeignDigestSchema },
  CLOSED,
);
export const SceneObservationsSchema = Type.Array(SceneObservationSchema, {
  maxItems: SCENE_LIMITS.items_max,
});
