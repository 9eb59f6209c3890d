import type { QuestionsHead } from '@writ/proof';
import type { QuestionsPart } from '../record/state-part.ts';
import type { State } from '../state/state.ts';

export function applyQuestions(state: State, head: QuestionsHead, { by }: QuestionsPart): void {
  const { id, from, to } = head;
  if (head.change === 'open') state.questions.set(by, { id, from, to });
  else state.questions.delete(by);
}
