// The frame of a chart: an SVG that says what it shows, with a caption under it.
import { markup, type Content, type Markup } from '../markup.js';

export interface ChartOptions {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What a person who does not see it has to know. */
  readonly description: string;
  /** In pixels; widths are shares, so that text keeps its size on any screen. */
  readonly height: number;
  readonly caption?: string | undefined;
}

export function chart(
  { id, title, description, height, caption }: ChartOptions,
  ...shapes: readonly Content[]
): Markup {
  return markup`<figure>
    <svg role="img" aria-labelledby="${id}-title ${id}-desc" width="100%" height="${height}">
      <title id="${id}-title">${title}</title>
      <desc id="${id}-desc">${description}</desc>
      ${shapes}</svg
    >${caption === undefined ? '' : markup` <figcaption>${caption}</figcaption>`}
  </figure> `;
}
