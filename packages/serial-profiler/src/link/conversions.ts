// What lines do to bytes by rule and not by chance: terminals, servers and drivers that take them for text.

export interface Conversion {
  /** What becomes of which bytes. */
  readonly what: string;
  readonly next: string;
}

const newlineSettings =
  'switch the conversion of newlines off: in the firmware (the stdio of ESP-IDF, the Pico SDK and Mbed have one), in a server on the way, or with `stty -F PORT raw`';

export const conversions = {
  lineFeed: { what: 'a line feed (0x0a) arrives with a carriage return (0x0d) in front of it', next: newlineSettings },
  carriageReturn: { what: 'a carriage return (0x0d) arrives as a line feed (0x0a)', next: newlineSettings },
  feedAsReturn: { what: 'a line feed (0x0a) arrives as a carriage return (0x0d)', next: newlineSettings },
  lostReturn: { what: 'carriage returns (0x0d) do not arrive', next: newlineSettings },
  flowControl: {
    what: 'the bytes of XON and XOFF (0x11, 0x13) do not arrive',
    next: 'switch software flow control off at both ends and in a server on the way (`stty -F PORT -ixon -ixoff`)',
  },
  terminal: {
    what: 'control codes that a terminal acts on (0x03, 0x04, 0x1a and others) do not arrive',
    next: 'set the terminal on the way raw (`stty -F PORT raw -echo`), or have the server on the way pass bytes on as they are',
  },
  sevenBits: {
    what: 'the top bit of every byte is lost, or another one stands there',
    next: 'set 8 data bits and no parity (8N1) at both ends and in a server on the way',
  },
  telnet: {
    what: 'a byte of 0xff arrives twice, or a carriage return with a zero behind it, as Telnet has it',
    next: 'name the port as rfc2217://HOST:PORT where its server shares it so, or have the server pass bytes on as they are (raw)',
  },
} as const satisfies { readonly [name: string]: Conversion };
