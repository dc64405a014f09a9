// The public face of this package.
export { crc32 } from './crc32.js';
export {
  findEnd,
  localHeaderBytes,
  longestTail,
  readDirectory,
  readLocalHeader,
  ZipFault,
  type ZipEnd,
  type ZipMember,
} from './directory.js';
