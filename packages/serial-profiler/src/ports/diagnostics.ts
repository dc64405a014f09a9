// The refusals of ports: what cannot be opened, and why.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const portDiagnostics = defineDiagnostics({
  PORT_SPEC: {
    exitCode: exitCodes.usage,
    title: 'This names no port',
    explanation:
      'A port is the path of a serial port (`/dev/ttyACM0`, `COM3`), `tcp://HOST:PORT` for a line whose bytes a server passes on as ' +
      'they are, or `rfc2217://HOST:PORT` for a serial port that a server shares with its speed and its control lines. The speed is ' +
      'a whole number of bits a second.',
  },
  PORT_MODULE_MISSING: {
    exitCode: exitCodes.environment,
    title: 'The package that opens serial ports is not installed',
    explanation:
      'Serial ports are opened by the npm package `serialport`, which is native and optional: where it was left out on installation, ' +
      'or has no build for this machine, everything else works. `tcp://` and `rfc2217://` need nothing.',
  },
  PORT_NOT_FOUND: {
    exitCode: exitCodes.deviceNotFound,
    title: 'There is no such port',
    explanation:
      'A port appears when the device is plugged in and its driver is loaded, and its number may be another one each time. A cable ' +
      'that only charges shows none. In a container or a virtual machine a port has to be passed through.',
  },
  PORT_NOT_SERIAL: {
    exitCode: exitCodes.usage,
    title: 'This is no serial port',
    explanation: 'The path is that of a file, a folder or another kind of device.',
  },
  PORT_NO_PERMISSION: {
    exitCode: exitCodes.environment,
    title: 'The port may not be opened by this user',
    explanation:
      'On Linux serial ports belong to a group: `dialout` on Debian and its kin, `uucp` on Arch. Who is put into it has to log in ' +
      'anew before it counts.',
  },
  PORT_BUSY: {
    exitCode: exitCodes.linkFailed,
    title: 'Another program has the port',
    explanation:
      'Two programs that read one port each get a part of the bytes. A serial monitor, the IDE of the board, or an earlier run that ' +
      'still goes on are the usual ones.',
  },
  PORT_MODEM_MANAGER: {
    exitCode: exitCodes.linkFailed,
    title: 'ModemManager has the port',
    explanation:
      'ModemManager opens every new serial port to see whether a modem answers, and keeps it for up to half a minute. It leaves a ' +
      'device alone for which a udev rule sets `ID_MM_DEVICE_IGNORE`.',
  },
  PORT_SPEED: {
    exitCode: exitCodes.usage,
    title: 'The port does not run at this speed',
    explanation: 'The driver, or the server that shares the port, does not take the speed, or sets another one.',
  },
  PORT_FAILED: {
    exitCode: exitCodes.linkFailed,
    title: 'The port cannot be opened',
    explanation: 'The system, or the network, gave the reason that is shown.',
  },
  PORT_NOT_SHARED: {
    exitCode: exitCodes.linkFailed,
    title: 'The server does not share a port by RFC 2217',
    explanation:
      'It was asked for the option COM-PORT of Telnet and for binary transmission in both directions, and refused or did not answer. ' +
      'A server that passes bytes on as they are is reached by `tcp://`.',
  },
});
