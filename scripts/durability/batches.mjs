// Batches whose bytes tell which batch they are, wherever they turn up.

/** Unique for each attempt: a retry has another term. */
export const markOf = ({ from, term }) => `<batch ${from} of term ${term}>`;

export const bytesOf = (batch, length) => {
  const mark = new TextEncoder().encode(markOf(batch));
  return Uint8Array.from({ length }, (_, at) => mark[at % mark.length]);
};
