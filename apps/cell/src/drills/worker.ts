import { serveThread } from '../threads/serve-thread.ts';
import { type CopyQuestion, copyJournal, type JournalCopied } from './copy-journal.ts';

export type DrillProtocol = {
  readonly copy: { readonly ask: CopyQuestion; readonly answer: JournalCopied };
};

serveThread<DrillProtocol>(() => ({ copy: copyJournal }));
