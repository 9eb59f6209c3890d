import type { View } from '../decide/view.ts';
import { pastOf } from '../history/past-action.ts';
import type { ExampleAction } from './policy.ts';

/** An action of an example as rules see it. */
export function viewOfExample(action: ExampleAction): View {
  const { history, ...view } = action;
  return { ...view, history: pastOf(history, action.tool) };
}
