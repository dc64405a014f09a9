// Building for a board: what is missing, and what does not fit, is said with what to do.
import { existsSync } from 'node:fs';
import process from 'node:process';
import { boards, type Board } from './boards.js';
import { buildImage } from './build-image.js';
import { missingTools } from './tools.js';

const board = boards.find(({ id }) => id === 'netduinoplus2')!;
const program = (source: string): Parameters<typeof buildImage>[1] => ({
  files: [['main.c', source]],
  sources: ['main.c'],
  flags: ['-I.'],
});

it('has every stand-in once', () => {
  const ids = boards.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

it('names the package that brings what is not there', async () => {
  const without: Board = { ...board, compiler: 'arm-none-eabi-gcc-of-nowhere' };
  expect(missingTools({ ...without, emulator: process.execPath })).toEqual(['arm-none-eabi-gcc-of-nowhere']);
  await expect(buildImage(without, program(''))).rejects.toThrow(
    /BOARD_TOOLS: arm-none-eabi-gcc-of-nowhere is not there[^]*apt-get install/,
  );
});

function builds(): void {
  it('builds a program, and says how large a source of it is', async () => {
    const image = await buildImage(board, program('static int left[100]; int main(void) { return ++left[1]; }'));
    try {
      expect((await image.sizeOf('main.c')).ram).toBe(400);
    } finally {
      image.remove();
    }
  }, 60_000);

  it('leaves no folder where the process ends before it is removed, and listens no more once it is', async () => {
    const before = process.listeners('exit');
    const own = () => process.listeners('exit').filter((listener) => !before.includes(listener));
    const image = await buildImage(board, program('int main(void) { return 0; }'));
    expect(existsSync(image.folder)).toBe(true);
    own().forEach((listener) => listener(0));
    expect(existsSync(image.folder)).toBe(false);
    image.remove();
    expect(own()).toEqual([]);
  }, 60_000);

  it('says which memory of the board overflowed', async () => {
    const large = 'char left[0x100000]; int main(void) { left[5] = 1; return 0; }';
    await expect(buildImage(board, program(large))).rejects.toThrow(/BOARD_BUILD: .*RAM.*overflowed/);
  }, 60_000);

  it('gives the words of the compiler', async () => {
    await expect(buildImage(board, program('int main(void) { return nothing; }'))).rejects.toThrow(
      /BOARD_BUILD: .*'nothing' undeclared/,
    );
  }, 60_000);
}

const isThere = missingTools(board).length === 0 || process.env['WHERRY_REQUIRE_ALL'] === '1';
if (!isThere) console.warn(`left out: building for ${board.name}: its tools are not there`);
describe('with its compiler', isThere ? builds : () => it.todo('left out: its tools are not there'));
