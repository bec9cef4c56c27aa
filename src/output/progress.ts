import { localFrame, treeFrame } from './progress-frame.js';
import type { ProgressEvent } from './progress-events.js';
import { createProgressLines } from './progress-lines.js';
import { ProgressState } from './progress-state.js';
import { safe } from './safe.js';
import { countScreenLines, eraseScreenLines } from './screen-lines.js';
import { loadTable } from './table.js';
import { tableStyles } from './table-layout.js';

/** Where progress is written. */
export interface ProgressOutput {
  write(text: string): unknown;
  readonly columns?: number | undefined;
  readonly isTTY?: boolean | undefined;
}

/** How progress is shown. */
export interface ProgressOptions {
  readonly output: ProgressOutput;
  /** ctr's rows of its own pull, or its tree of the daemon's transfers. */
  readonly layout: 'local' | 'tree';
  /** Milliseconds; performance.now unless given. */
  readonly now?: () => number;
}

/** Shows the progress of one operation. */
export interface ProgressView {
  add(event: ProgressEvent): void;
  /** Draws the last state, which stays. Nothing may be added afterwards. */
  finish(): void;
  /** Takes the live view away, as before an error is printed. What was written as lines stays. */
  erase(): void;
}

/** Starts a view: live on a terminal, otherwise only lines that say something new. */
export async function startProgress(options: ProgressOptions): Promise<ProgressView> {
  const { output, layout, now = () => performance.now() } = options;
  if (!output.isTTY) return lineView(output);
  if (layout === 'tree') return new LiveView(output, now, treeFrame);
  const drawTable = await loadTable();
  return new LiveView(output, now, (state, seconds) =>
    drawTable(localFrame(state, seconds), tableStyles.narrow),
  );
}

function lineView(output: ProgressOutput): ProgressView {
  const lineOf = createProgressLines();
  return {
    add(event) {
      const line = lineOf(event);
      if (line !== undefined) output.write(`${line}\n`);
    },
    finish() {},
    erase() {},
  };
}

const frameMilliseconds = 100;
const defaultColumns = 80;

/** Draws the whole state again and again in the same place, ten times a second: the time goes on without events. */
class LiveView implements ProgressView {
  private state = new ProgressState();
  private frame = '';
  private readonly started: number;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly output: ProgressOutput,
    private readonly now: () => number,
    private readonly render: (state: ProgressState, elapsedSeconds: number) => string,
  ) {
    this.started = now();
    this.timer = setInterval(() => this.draw(), frameMilliseconds);
    this.timer.unref();
  }

  add(event: ProgressEvent): void {
    this.state.add(event);
    if (event.kind !== 'message' || event.title) return;
    // A message stays where it stands; what comes later is drawn below it.
    this.draw();
    this.frame = '';
    this.state = new ProgressState();
    this.output.write(`${safe(event.text)}\n`);
  }

  finish(): void {
    clearInterval(this.timer);
    this.draw();
  }

  erase(): void {
    clearInterval(this.timer);
    this.output.write(this.eraseFrame());
  }

  private draw(): void {
    if (this.state.statuses.size === 0 && this.state.title === '') return;
    const frame = this.render(this.state, (this.now() - this.started) / 1000);
    // One write for both, so that the terminal never shows the gap.
    this.output.write(this.eraseFrame() + frame);
    this.frame = frame;
  }

  private eraseFrame(): string {
    const lines = countScreenLines(this.frame, this.output.columns || defaultColumns);
    this.frame = '';
    return eraseScreenLines(lines);
  }
}

/** A wait of one line; stop takes it away. */
export interface Spinner {
  setText(text: string): void;
  stop(): void;
}

/** Shows that something is awaited. On a terminal only, for which alone ora is loaded. */
export async function startSpinner(
  text: string,
  stream: NodeJS.WritableStream & { isTTY?: boolean },
): Promise<Spinner> {
  if (!stream.isTTY) return { setText() {}, stop() {} };
  const { default: ora } = await import('ora');
  // Stdin may be the container's: ora must not touch it.
  const spinner = ora({ text: safe(text), stream, discardStdin: false, isEnabled: true }).start();
  return {
    setText: (changed) => {
      spinner.text = safe(changed);
    },
    stop: () => {
      spinner.stop();
    },
  };
}
