import { type Gate, PASSED, refuse } from './gate.ts';

/** Gate 1: a known tool, its pinned definition, valid arguments. */
export const schemaGate: Gate = {
  number: 1,
  name: 'schema',
  judge({ context, judged, recall }) {
    const tool = recall.read('tool', context.tool);
    if (tool === null) return refuse(1, 'UNKNOWN_TOOL');
    // The arguments were checked by a worker against the definition it saw; another one proves nothing.
    if (judged.tool_digest !== tool.definition) return refuse(1, 'TOOL_CHANGED');
    switch (judged.check) {
      case 'valid':
        return PASSED;
      case 'malformed':
        return refuse(1, 'MALFORMED');
      case 'undeclared':
        return refuse(1, 'SCHEMA_MISMATCH');
      default:
        return judged.check satisfies never;
    }
  },
};
