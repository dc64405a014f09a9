// Where the shared folder is looked for, and that its absence leaves a suite out instead of failing it.
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { describeShared, sharedPath } from './shared-folder.js';

const before = process.env['WHERRY_SHARED'];
afterEach(() => {
  if (before === undefined) delete process.env['WHERRY_SHARED'];
  else process.env['WHERRY_SHARED'] = before;
});

describe('sharedPath', () => {
  it('lies beside the repository', () => {
    delete process.env['WHERRY_SHARED'];
    expect(sharedPath('models', 'a.tflite')).toMatch(/[\\/]shared[\\/]models[\\/]a\.tflite$/);
  });

  it('follows WHERRY_SHARED', () => {
    process.env['WHERRY_SHARED'] = join('elsewhere', 'material');
    expect(sharedPath('data')).toBe(join('elsewhere', 'material', 'data'));
  });
});

describe('describeShared', () => {
  it('leaves the suite out when the folder is missing, and says so once', () => {
    process.env['WHERRY_SHARED'] = join('no', 'such', 'folder');
    const suite = jest.fn();
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const register = jest.spyOn(globalThis, 'describe').mockImplementation(() => undefined);
    describeShared('decodes everything', suite);
    expect(register.mock.calls.map(([name, body]) => [name, body === suite])).toEqual([['decodes everything', false]]);
    expect(warn.mock.calls).toEqual([['left out: decodes everything: ../shared is not there']]);
    jest.restoreAllMocks();
  });
});
