/** `pick(bound)` gives 0 … bound − 1, the same for the same seed. */
export const pickFrom = (seed) => {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
};
