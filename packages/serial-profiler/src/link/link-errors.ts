// What goes wrong on the line, as sentences with a next act.
import { protocolVersion } from '@wherry/device-protocol';
import { counted, WherryError } from '@wherry/graph';
import type { Port } from '../port.js';
import type { Conversion } from './conversions.js';
import { deviceDiagnostics } from './diagnostics.js';
import type { Heard } from './heard.js';

export interface Silence {
  readonly forMs: number;
  /** Damaged frames came all the while. */
  readonly noisy: boolean;
  /** The device had answered before. */
  readonly answered: boolean;
  /** What on this machine may be why. */
  readonly suspect: string | null;
  /** Frames of this end that came back. */
  readonly echoes: number;
  /** What the line does to bytes by rule. */
  readonly conversion: Conversion | null;
}

export function noAnswer(port: string, heard: Heard, silence: Silence): WherryError {
  const { forMs, noisy, answered, suspect, echoes, conversion } = silence;
  const seconds = Math.round(forMs / 100) / 10;
  const start = heard.startsAgain();
  if (start !== null)
    return new WherryError(deviceDiagnostics.DEVICE_BOOT_LOOP, {
      what: `the device starts again and again instead of answering; each time it prints "${start}"${printed(heard)}`,
      where: port,
      next: 'look at its last lines for the fault; give it a smaller arena or a larger stack, or flash the firmware made for this chip',
    });
  if (conversion !== null)
    return new WherryError(deviceDiagnostics.LINK_CONVERTS, {
      what: `in ${seconds} s no frame arrived as it was sent: ${conversion.what}; with that undone they are whole`,
      where: port,
      next: conversion.next,
    });
  if (echoes > 0 && !answered) return echoed(port, heard, counted(echoes, 'frame'), seconds);
  if (noisy)
    return new WherryError(deviceDiagnostics.LINK_NOISY, {
      what: `in ${seconds} s no frame arrived undamaged, though ${heard.noise} bytes of something did`,
      where: port,
      next:
        suspect ??
        `close other programs that read the port, check the speed, 8N1 without flow control, and the cable, then run again${answered ? '; where the line cannot be better, --wait 1800 lets the few whole frames be enough' : ''}`,
    });
  if (answered)
    return new WherryError(deviceDiagnostics.DEVICE_SILENT, {
      what: `the device answered before, and then no more for ${seconds} s${printed(heard)}`,
      where: port,
      next:
        suspect ??
        `press its reset button, then run again; where it stops at the same place, look there for what hangs or crashes, elsewhere ${otherReaders}`,
    });
  return new WherryError(deviceDiagnostics.DEVICE_SILENT, {
    what: `the device did not answer for ${seconds} s${printed(heard)}`,
    where: port,
    next: suspect ?? nextOfSilence(heard),
  });
}

export const otherReaders = 'close other programs that may read the port';
export const longerStart = 'where its start takes longer, give --wait SECONDS';

function nextOfSilence(heard: Heard): string {
  return heard.lines().length > 0
    ? `another firmware seems to run on it: flash the one with the agent; where that is what runs, ${otherReaders}, and check the speed; ${longerStart}`
    : `check that this is its port and that the firmware with the agent is flashed, and the speed (8N1, no flow control); ${otherReaders}; press its reset button, then run again; ${longerStart}`;
}

export function echoed(port: string, heard: Heard, echoes: string, seconds: number): WherryError {
  return new WherryError(deviceDiagnostics.LINK_ECHO, {
    what: `in ${seconds} s nothing but what was sent came back, ${echoes}${printed(heard)}`,
    where: port,
    next: 'take off a wire that joins TX and RX; where a terminal or a server lies between, turn its echo off (`stty -F PORT raw -echo`); where the firmware echoes what it reads, flash the one with the agent',
  });
}

export function otherVersion(port: string, version: number): WherryError {
  const older = version < protocolVersion;
  return new WherryError(deviceDiagnostics.DEVICE_VERSION, {
    what: `the device speaks version ${version} of the protocol, this tool version ${protocolVersion}`,
    where: port,
    next: older
      ? 'build the firmware anew with this version of the tool and flash it'
      : 'use the version of the tool that built it',
  });
}

export function portGone({ name: port, isEmulated }: Pick<Port, 'name' | 'isEmulated'>, reason: string): WherryError {
  if (isEmulated === true)
    return new WherryError(deviceDiagnostics.EMULATOR_ENDED, {
      what: `the emulated board ended in the middle of the work: ${reason}`,
      where: port,
      next: 'run again; where it ends again, the program on the board has a fault: report it with the model and what is shown here',
    });
  return new WherryError(deviceDiagnostics.LINK_LOST, {
    what: `the port was lost in the middle of the work: ${reason}`,
    where: port,
    next: /^(tcp|rfc2217):/.test(port)
      ? 'see that the device is plugged in there and the server that shares it is running, then run again'
      : 'plug the device in again, then run again',
  });
}

/** What was heard last, to be put behind a sentence. */
export function printed(heard: Heard): string {
  const lines = heard.lines();
  return lines.length === 0 ? '' : `; it printed last: ${lines.map((line) => `"${line}"`).join(' ')}`;
}
