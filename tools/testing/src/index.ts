// What spec files of every package share. Only `*.spec.ts` may import this package.
export { describeShared, sharedFolder, sharedPath } from './shared-folder.js';
