import { Buffer } from 'node:buffer';
import type { ArgumentCheck, JsonObject, ToolDefinition } from '@writ/contract';
import { printJson, sha256Base64url } from '@writ/proof';
import Schema from 'typebox/schema';
import { closeParameters } from './close-parameters.ts';

/** A declared tool, ready to check arguments. */
export type KnownTool = {
  readonly digest: string;
  readonly definition: ToolDefinition;
  check(args: JsonObject): ArgumentCheck;
};

/** A definition's schema is compiled once; a larger one is no tool that a person could review. */
export const TOOL_DEFINITION_BYTES_MAX: number = 64 * 1024;

export function toolDefinitionText(definition: ToolDefinition): string {
  return printJson(definition);
}

export function openTool(definition: ToolDefinition): KnownTool {
  const text = toolDefinitionText(definition);
  if (Buffer.byteLength(text) > TOOL_DEFINITION_BYTES_MAX)
    throw new RangeError('the tool definition is too large');
  const validator = Schema.Compile(closeParameters(definition.parameters));
  return {
    digest: sha256Base64url(text),
    definition,
    check: (args) => (validator.Check(args) ? 'valid' : 'undeclared'),
  };
}
