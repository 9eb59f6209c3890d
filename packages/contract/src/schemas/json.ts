import { SCHEMA_LIMITS } from './limits.ts';

/** Whether a value is plain JSON within the limits. Looks at no more values than the limit. */
export function isBoundedJson(value: unknown): boolean {
  return isJson(value, 0, { values: 0 });
}

function isJson(value: unknown, depth: number, counter: { values: number }): boolean {
  counter.values += 1;
  if (counter.values > SCHEMA_LIMITS.json_values_max) return false;
  switch (typeof value) {
    case 'string':
      return value.isWellFormed();
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
    case 'object':
      if (value === null) return true;
      if (depth >= SCHEMA_LIMITS.json_depth_max) return false;
      if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1, counter));
      return Object.entries(value).every(
        ([name, member]) => name.isWellFormed() && isJson(member, depth + 1, counter),
      );
    default:
      return false;
  }
}
