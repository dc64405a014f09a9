// The public face of this package.
export type * from './page-measured.js';
export type * from './page.js';
export { pageMark, renderPage } from './render-page.js';
export { decibels, errorWords, gainWords, ratioWords } from './text/decibels.js';
