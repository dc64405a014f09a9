// What a machine lacks of what the tests could use, and the one command that brings each.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nativeEngineLoads } from './native-engine.mjs';

const runs = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** @returns {{ what: string, enable: string }[]} */
export function leftOut(root) {
  const wanted = [...foundByPaths(root), ...foundByName()];
  return wanted.filter(({ there }) => !there).map(({ what, enable }) => ({ what, enable }));
}

/** What a variable or a folder leads to. */
function foundByPaths(root) {
  const shared = process.env.WHERRY_SHARED ?? join(root, '..', 'shared');
  return [
    {
      there: existsSync(shared),
      what: 'tests on real models and data (../shared is not there)',
      enable: 'put the folder beside the repository, or set WHERRY_SHARED to it',
    },
    {
      there: process.env.WHERRY_ORACLE_PYTHON !== undefined,
      what: 'comparison with TensorFlow Lite Micro, LiteRT, TensorFlow and Keras (WHERRY_ORACLE_PYTHON is not set)',
      enable: 'bash tools/oracle/install.sh && export WHERRY_ORACLE_PYTHON=$PWD/.cache/oracle/bin/python',
    },
    {
      there: existsSync(join(dirname(process.env.WHERRY_ORACLE_PYTHON ?? ''), '../litert-2.1.0')),
      what: 'comparison with the LiteRT that the profiles name (it is not beside WHERRY_ORACLE_PYTHON)',
      enable: 'bash tools/oracle/install.sh',
    },
    {
      there: nativeEngineLoads(root),
      what: 'the native float engine (@tensorflow/tfjs-node is not there, or without its library)',
      enable: 'bash tools/oracle/install.sh && npm run native-engine',
    },
  ];
}

/** As tools/report-page/chromium.ts looks for them. */
const browsers = ['chromium', 'chromium-browser', 'google-chrome'];

/** Tools of the machine. */
function foundByName() {
  return [
    {
      there: runs('gcc', ['--version']) && runs('g++', ['--version']),
      what: 'compiling the exported C (no gcc, g++)',
      enable: 'apt-get install gcc g++',
    },
    {
      there:
        runs('clang', ['--version']) && runs('gcc', ['-m32', '-E', '-include', 'stdint.h', '-x', 'c', '/dev/null']),
      what: 'compiled models by another compiler, and on 32 bits (no clang, or no gcc -m32)',
      enable: 'apt-get install clang gcc-multilib',
    },
    {
      there: ['arm-none-eabi-gcc', 'qemu-system-arm', 'riscv64-unknown-elf-gcc', 'qemu-system-riscv32'].every((tool) =>
        runs(tool, ['--version']),
      ),
      what: 'compiled models on emulated boards (no cross compilers, or no QEMU)',
      enable:
        'apt-get install --no-install-recommends gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm gcc-riscv64-unknown-elf qemu-system-misc',
    },
    {
      there: runs('avr-gcc', ['--version']) && spawnSync('simavr', ['--help']).error === undefined,
      what: 'compiled operators on an emulated AVR (no avr-gcc, or no simavr)',
      enable: 'apt-get install --no-install-recommends gcc-avr avr-libc simavr',
    },
    {
      there: existsSync('/usr/share/arduino/hardware/arduino/avr') && runs('arduino-builder', ['-version']),
      what: "a library of Arduino by Arduino's own builder (no arduino-builder, or no arduino-core-avr)",
      enable: 'apt-get install --no-install-recommends arduino-builder arduino-core-avr gcc-avr avr-libc simavr',
    },
    {
      there: browsers.some((browser) => runs(browser, ['--version'])),
      what: 'the report page in a browser (no chromium)',
      enable: 'apt-get install --no-install-recommends chromium',
    },
    {
      there: runs('socat', ['-V']),
      what: 'sessions over ttys of the kernel (no socat)',
      enable: 'apt-get install socat',
    },
    {
      there: runs('redis-server', ['--version']),
      what: 'the lab of boards (no redis-server)',
      enable: 'apt-get install --no-install-recommends redis-server',
    },
    {
      there: runs('strace', ['-V']),
      what: 'killing the writer at every system call (no strace)',
      enable: 'apt-get install strace',
    },
    {
      there: ['bash', 'zsh', 'fish', 'script'].every((shell) => runs(shell, ['--version'])),
      what: 'the tab key in every shell (no bash, zsh, fish, or script of util-linux)',
      enable: 'apt-get install bash zsh fish bsdutils',
    },
  ];
}
