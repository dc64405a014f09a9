// An option that would decide nothing is refused by its name; one that some samples need is not.
import { createTestFolder, inputOf, readAll } from '../test/workspace.js';
import { sourcesWithUnused, sourcesWithUsed } from '../test/unused-options.js';

const files = createTestFolder();
afterAll(() => files.remove());

it.each(sourcesWithUnused(files.write))('%s', async (source, option) => {
  await expect(readAll(source, inputOf(2))).rejects.toThrow(`DATA_OPTION: option ${option} has no effect`);
});

it.each(sourcesWithUsed(files.write))('takes %s', async (source) => {
  await expect(readAll(source, inputOf(2))).resolves.toBeDefined();
});

it('gives a folder of one data file that file for an advice', async () => {
  const file = files.write('one/x.csv', '1,2\n3,4\n');
  const error = (await readAll(file.slice(0, -'/x.csv'.length), inputOf(2)).catch(
    (thrown: unknown) => thrown,
  )) as Error;
  const [, advised] = /give the file itself: (\S+)/.exec(error.message)!;
  await expect(readAll(advised!, inputOf(2))).resolves.toBeDefined();
});
