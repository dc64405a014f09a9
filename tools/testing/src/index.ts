// What spec files of every package share. Only `*.spec.ts` may import this package.
export { buildFolder, describeCompiled, strictFlags, type BuildFolder, type HostCompiler } from './host-compiler.js';
export { describeThere } from './describe-there.js';
export { describeShared, sharedFolder, sharedPath } from './shared-folder.js';
export { describeRedis, redisServer, type RedisServer } from './redis-server.js';
