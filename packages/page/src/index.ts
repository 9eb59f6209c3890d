export { buildPage, PAGE_START, type PageScripts } from './document/build-page.ts';
export { PALETTE } from './document/palette.ts';
export { isOwnPage, PAGE_BYTES_MAX, readPage } from './document/read-page.ts';
export { type Check, type CheckName, checkPage, type PageFinding } from './check/check-page.ts';
export { PAGE_FORMAT, type PageData, printPageData } from './data/page-data.ts';
