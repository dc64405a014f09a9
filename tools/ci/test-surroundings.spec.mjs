// A cached test is run again when what lies beside the workspace has changed.
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprint, surroundings } from './test-surroundings.mjs';

let folder;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wherry-surroundings-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('fingerprint', () => {
  it('stays while nothing changes, and tells a missing folder', () => {
    writeFileSync(join(folder, 'a'), 'x');
    expect(fingerprint(folder)).toBe(fingerprint(folder));
    expect(fingerprint(join(folder, 'none'))).toBe('missing');
  });

  it('changes with a new file, another size and another time', () => {
    const seen = new Set([fingerprint(folder)]);
    writeFileSync(join(folder, 'a'), 'x');
    seen.add(fingerprint(folder));
    writeFileSync(join(folder, 'a'), 'xy');
    seen.add(fingerprint(folder));
    utimesSync(join(folder, 'a'), 1, 1);
    seen.add(fingerprint(folder));
    expect(seen.size).toBe(4);
  });
});

it('tells whether the shared folder and a Python are there', () => {
  expect(surroundings({ WHERRY_SHARED: join(folder, 'none') })).toMatchObject({ shared: 'missing', oracle: 'none' });
  expect(surroundings({ WHERRY_SHARED: folder }).shared).not.toBe('missing');
});
