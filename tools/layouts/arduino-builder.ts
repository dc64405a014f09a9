// Arduino's own builder with the core of the Uno, as Debian has them, and an emulator to run what it makes.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const hardware = ['/usr/share/arduino-builder', '/usr/share/arduino/hardware'];

export const hasArduinoBuilder =
  existsSync('/usr/share/arduino/hardware/arduino/avr/platform.txt') &&
  ['arduino-builder', 'avr-gcc', 'simavr'].every((tool) => spawnSync(tool, ['--help']).error === undefined);

/** `libraries`: a folder of installed ones. Gives the program and what the builder and the compiler say. Throws with their words. */
export function buildSketch(
  folder: string,
  { sketch, libraries }: { readonly sketch: string; readonly libraries: string },
): { readonly program: string; readonly said: string } {
  const into = join(folder, 'build');
  mkdirSync(into);
  const places = hardware.flatMap((place) => ['-hardware', place]);
  const { status, stdout, stderr } = spawnSync(
    'arduino-builder',
    [
      ...['-compile', ...places, '-tools', hardware[0]!, '-libraries', libraries],
      ...['-fqbn', 'arduino:avr:uno', '-build-path', into, '-warnings', 'all', '-prefs=compiler.path=/usr/bin/'],
      // float.h of the compiler knows it in C alone, and the core asks for it in C++.
      ...['-prefs=compiler.cpp.extra_flags=-DDECIMAL_DIG=__DECIMAL_DIG__', sketch],
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  const said = `${stdout}${stderr}`;
  if (status !== 0) throw new Error(said);
  return { program: join(into, `${sketch.slice(sketch.lastIndexOf('/') + 1)}.elf`), said };
}

/** The first line that the program sends over its port. Rejects with all that there was where none comes. */
export function firstLine(program: string, milliseconds: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const run = spawn('simavr', ['-m', 'atmega328p', '-f', '16000000', program]);
    let heard = '';
    const end = (): void => {
      clearTimeout(timer);
      run.kill();
    };
    const timer = setTimeout(() => {
      end();
      reject(new Error(`no line in ${milliseconds} ms: ${JSON.stringify(heard)}`));
    }, milliseconds);
    run.on('error', reject);
    // Each line is coloured, and its ends are shown as points.
    run.stderr.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
      const line = /\u001b\[32m(.*?)\.*\n/.exec(heard)?.[1];
      if (line === undefined) return;
      end();
      resolve(line);
    });
  });
}
