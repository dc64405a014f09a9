// Names that have room in a chart: longer ones are cut at the end, tables have them whole.

/** At the size of text in charts so many have room beside each other on a phone. */
const most = 24;

export function shortened(name: string): string {
  const characters = [...name];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}\u2026` : name;
}
