// One fault of a package: where it is planted, and the test that must fail for it.

export const kernel = (path, find, replace, test, title) => ({
  file: `packages/kernel/src/${path}`,
  find,
  replace,
  test: `packages/kernel/test/${test}.test.ts`,
  title,
});

export const proof = (path, find, replace, test, title) => ({
  file: `packages/proof/src/${path}`,
  find,
  replace,
  test: `packages/proof/test/${test}.test.ts`,
  title,
});

export const understand = (path, find, replace, test, title) => ({
  file: `packages/understand/src/${path}`,
  find,
  replace,
  test: `packages/understand/test/${test}.test.ts`,
  title,
});

export const policy = (path, find, replace, test, title) => ({
  file: `packages/policy/src/${path}`,
  find,
  replace,
  test: `packages/policy/test/${test}.test.ts`,
  title,
});

export const sdk = (path, find, replace, test, title) => ({
  file: `packages/sdk/src/${path}`,
  find,
  replace,
  test: `packages/sdk/test/${test}.test.ts`,
  title,
});
