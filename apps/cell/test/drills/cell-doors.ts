export * as act from '../../src/cell/act.ts';
export * as govern from '../../src/cell/govern.ts';
export { initCell } from '../../src/cell/init-cell.ts';
export { type Cell, type CellOptions, openCell } from '../../src/cell/open-cell.ts';
export { placesOf } from '../../src/cell/places.ts';
export type { Home } from '../../src/home/resolve-home.ts';
