import type { Salts } from '@writ/contract';
import { idOf, saltsOf, tagOf } from './names.ts';

/** Fresh names for a whole world: a new process never mints one that an older one has minted. */
export type Mint = {
  id(prefix: string): string;
  tag(): string;
  salts(): Salts;
  name(): string;
};

export function openMint(): Mint {
  let minted = 0;
  const name = (): string => {
    minted += 1;
    return String(minted);
  };
  return {
    id: (prefix) => idOf(prefix, `minted ${name()}`),
    tag: () => tagOf(`minted ${name()}`),
    salts: () => saltsOf(name()),
    name,
  };
}
