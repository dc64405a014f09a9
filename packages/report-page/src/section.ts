// A part of the page with a heading of its own, and where it is linked from.
import { markup, type Content, type Markup } from './markup.js';

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

export function sectionOf(id: string, title: string, ...body: readonly Content[]): Section {
  return { id, title, body: markup`${body}` };
}

export function sectionMarkup({ id, title, body }: Section): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${body}
  </section> `;
}

export function paragraphs(words: readonly string[]): Content {
  return words.map((text) => markup`<p>${text}</p> `);
}
