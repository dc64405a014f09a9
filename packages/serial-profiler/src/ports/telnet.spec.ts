// Telnet among data: read in any pieces, written so that nothing of it is taken for a command.
import { escaped, subnegotiation, TelnetReader } from './telnet.js';

describe('Telnet', () => {
  const line = [
    7, 255, 255, 8, 255, 241, 9, 255, 251, 1, 255, 250, 44, 101, 255, 255, 3, 255, 240, 10, 255, 253, 0, 11,
  ];

  it.each([1, 2, 3, 100])('is read in pieces of %s bytes', (piece) => {
    const data: number[] = [];
    const other: unknown[] = [];
    const reader = new TelnetReader({
      data: (bytes) => data.push(...bytes),
      option: (...one) => other.push(one),
      subnegotiation: (...one) => other.push(one),
    });
    for (let at = 0; at < line.length; at += piece) reader.push(Uint8Array.from(line.slice(at, at + piece)));
    expect(data).toEqual([7, 255, 8, 9, 10, 11]);
    expect(other).toEqual([
      [251, 1],
      [44, [101, 255, 3]],
      [253, 0],
    ]);
  });

  it('passes over a subnegotiation without end in bounded memory', () => {
    const heard: unknown[] = [];
    const reader = new TelnetReader({
      data: (bytes) => heard.push(...bytes),
      option: () => undefined,
      subnegotiation: (...one) => heard.push(one),
    });
    reader.push(Uint8Array.of(255, 250, 44));
    for (let part = 0; part < 100; part++) reader.push(new Uint8Array(100_000));
    reader.push(Uint8Array.of(255, 240, 1));
    expect(heard).toEqual([1]);
  });

  it('has each 255 of data twice, in values as well', () => {
    expect([...escaped(Uint8Array.of(1, 255, 255, 240, 2))]).toEqual([1, 255, 255, 255, 255, 240, 2]);
    expect([...escaped(Uint8Array.of())]).toEqual([]);
    expect([...subnegotiation(44, [1, 0, 255])]).toEqual([255, 250, 44, 1, 0, 255, 255, 255, 240]);
  });
});
