// One page in the browser: what it asked for, what it complained of, and what can be asked of it.
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Chromium, Parameters, ProtocolEvent } from './chromium.js';

export interface Screen {
  readonly width: number;
  readonly scheme?: 'light' | 'dark';
  /** Without it the script of the page does not run. */
  readonly scripts?: boolean;
}

/** What is complained of and what is asked for while a page is open. */
export interface Heard {
  readonly complaints: string[];
  readonly requests: string[];
}

export class OpenedPage {
  readonly heard: Heard = { complaints: [], requests: [] };
  #session = '';
  #loaded: () => void = () => undefined;

  constructor(private readonly chromium: Chromium) {}

  async open(file: string, { width, scheme = 'light', scripts = true }: Screen): Promise<void> {
    this.#session = await this.chromium.open((event) => this.#hear(event));
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await this.send(`${domain}.enable`);
    const isPhone = width < 600;
    await this.send('Emulation.setDeviceMetricsOverride', {
      width,
      height: 800,
      deviceScaleFactor: isPhone ? 2 : 1,
      mobile: isPhone,
    });
    await this.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    await this.send('Emulation.setScriptExecutionDisabled', { value: !scripts });
    const loaded = new Promise<void>((done) => (this.#loaded = done));
    await this.send('Page.navigate', { url: pathToFileURL(file).href });
    await loaded;
  }

  /** The value of an expression in the page. */
  async ask<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression, returnByValue: true });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { readonly value: T }).value;
  }

  async press(key: 'Enter' | 'Tab' | ' '): Promise<void> {
    const code = { Enter: 13, Tab: 9, ' ': 32 }[key];
    const text = { Enter: '\r', Tab: '', ' ': ' ' }[key];
    for (const type of ['keyDown', 'keyUp'])
      await this.send('Input.dispatchKeyEvent', {
        type,
        key,
        windowsVirtualKeyCode: code,
        ...(type === 'keyDown' && text !== '' && { text }),
      });
  }

  /** Roles and names as a screen reader is told them. */
  async named(role: string): Promise<readonly string[]> {
    const { nodes } = await this.send('Accessibility.getFullAXTree');
    return (nodes as readonly AccessibleNode[]).flatMap((node) =>
      node.role?.value === role && node.ignored !== true ? [node.name?.value ?? ''] : [],
    );
  }

  /** The whole page. */
  async picture(file: string): Promise<void> {
    const { data } = await this.send('Page.captureScreenshot', { captureBeyondViewport: true, optimizeForSpeed: true });
    writeFileSync(file, Buffer.from(data as string, 'base64'));
  }

  send(method: string, params: Parameters = {}): Promise<Parameters> {
    return this.chromium.send(method, params, this.#session);
  }

  #hear({ method, params }: ProtocolEvent): void {
    if (method === 'Page.loadEventFired') this.#loaded();
    if (method === 'Network.requestWillBeSent')
      this.heard.requests.push((params['request'] as { readonly url: string }).url);
    if (['Runtime.exceptionThrown', 'Runtime.consoleAPICalled', 'Log.entryAdded'].includes(method))
      this.heard.complaints.push(JSON.stringify(params));
  }
}

interface AccessibleNode {
  readonly ignored?: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
}
