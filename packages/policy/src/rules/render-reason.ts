import type { View } from '../decide/view.ts';
import type { Rule } from './policy.ts';

/** Longest value that a reason may quote. */
const QUOTED_LENGTH_MAX = 200;

const TEMPLATE = /^(?:[\x20-\x7a|~]|\{(?:tool|rule|effects)\})*$/;

/** Printable ASCII with placeholders of a closed list; braces mean nothing else. */
export function isTemplate(text: string): boolean {
  return TEMPLATE.test(text);
}

/** The rule's own words about an action; what is quoted is cut and made printable. */
export function renderReason(rule: Rule, view: View): string | undefined {
  return rule.reason?.replace(/\{(tool|rule|effects)\}/g, (_, name: string) => {
    if (name === 'tool') return quote(view.tool);
    return name === 'rule' ? rule.id : quote(view.effects.join(', '));
  });
}

function quote(text: string): string {
  return text.slice(0, QUOTED_LENGTH_MAX).replace(/[^\x20-\x7e]/g, '?');
}
