import type { Output } from './streams.js';

/** Severities of logrus, in its spelling. */
export type Level = 'debug' | 'info' | 'warning' | 'error';

/** Diagnostics on stderr in the form that ctr's users grep: logrus text. */
export interface Logger {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warning(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

/** What a diagnostic carries beside its message; printed sorted by key. */
export type Fields = Readonly<Record<string, string>>;

const colour: Readonly<Record<Level, number>> = { debug: 37, info: 36, warning: 33, error: 31 };

/** A logger that writes logrus's two forms: `time=… level=… msg=…` off a terminal, coloured on one. */
export function createLogger(output: Output, options: { readonly debug: boolean }): Logger {
  const started = Date.now();
  const log = (level: Level, message: string, fields: Fields = {}): void => {
    output.write(
      output.isTTY
        ? terminalLine(level, message, fields, Date.now() - started)
        : plainLine(level, message, fields),
    );
  };
  return {
    debug: (message, fields) => {
      if (options.debug) log('debug', message, fields);
    },
    info: (message, fields) => log('info', message, fields),
    warning: (message, fields) => log('warning', message, fields),
    error: (message, fields) => log('error', message, fields),
  };
}

function plainLine(level: Level, message: string, fields: Fields): string {
  const parts = [`time="${localTime(new Date())}"`, `level=${level}`];
  if (message !== '') parts.push(`msg=${value(message)}`);
  for (const key of Object.keys(fields).sort()) parts.push(`${key}=${value(fields[key] ?? '')}`);
  return `${parts.join(' ')}\n`;
}

function terminalLine(level: Level, message: string, fields: Fields, elapsed: number): string {
  const paint = (text: string): string => `\u001b[${colour[level]}m${text}\u001b[0m`;
  const seconds = String(Math.floor(elapsed / 1000)).padStart(4, '0');
  const rest = Object.keys(fields)
    .sort()
    .map((key) => ` ${paint(key)}=${value(fields[key] ?? '')}`);
  const head = `${paint(level.slice(0, 4).toUpperCase())}[${seconds}] `;
  return `${head}${quote(message).slice(1, -1).replaceAll('\\"', '"').padEnd(44)}${rest.join('')}\n`;
}

/** logrus leaves a value bare when it holds only these characters. */
function value(text: string): string {
  return /^[\w./@^+-]+$/.test(text) ? text : quote(text);
}

/** Go's %q, near enough for a log: nothing that moves a cursor gets through. */
function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function localTime(now: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const offset = -now.getTimezoneOffset();
  const zone =
    offset === 0
      ? 'Z'
      : `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `${day}T${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}${zone}`;
}
