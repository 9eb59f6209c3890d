import type { ArgumentKind } from '@writ/contract';

/** Beyond one of these an action is not read further: it keeps all effects of its tool and is `opaque`. */
export const UNDERSTAND_LIMITS = {
  /** All strings and member names together, in UTF-16 units; as detection reads them. */
  units_max: 262_144,
  /** The depth of every reader of the house. */
  depth_max: 64,
  /** Strings and member names: a command of this size is a list of data. */
  texts_max: 20_000,
  /** Words of one command line. */
  words_max: 4_096,
  /** Findings of the cell itself; the rest of an understanding's room is for what the caller declares. */
  findings_max: 128,
  /** Longer names of resources are none that a person could read. */
  name_units_max: 4_096,
} as const;

/** One text: as long as parsers, whose time grows faster than their text, take without a wait. */
const COMMAND_UNITS_MAX = 32_768;
/** A whole file of code or data. */
const FILE_UNITS_MAX: number = UNDERSTAND_LIMITS.units_max;
/** As detection reads it. */
const TEXT_UNITS_MAX = 65_536;

/** The longest text of a kind, in UTF-16 units; of a longer one nothing is read. */
export function unitsMaxOf(kind: ArgumentKind | null): number {
  switch (kind) {
    case 'shell':
    case 'sql':
      return COMMAND_UNITS_MAX;
    case 'python':
    case 'javascript':
    case 'content':
      return FILE_UNITS_MAX;
    case 'program':
    case 'words':
    case 'path':
    case 'pattern':
    case 'url':
    case 'host':
    case 'text':
    case 'recipients':
    case 'money':
    case null:
      return TEXT_UNITS_MAX;
    default:
      return kind satisfies never;
  }
}
