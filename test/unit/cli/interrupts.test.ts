import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  endingSignals,
  InterruptedError,
  Interrupts,
  type EndingSignal,
} from '../../../src/cli/interrupts.js';

let exits: number[];
let interrupts: Interrupts;
const signals = Object.keys(endingSignals) as EndingSignal[];
const counts = (): number[] => signals.map((name) => process.listenerCount(name));
let before: number[];

beforeEach(() => {
  before = counts();
  exits = [];
  interrupts = new Interrupts((status) => exits.push(status));
});
afterEach(() => interrupts.dispose());

/** As Node.js passes a signal on; that it comes from outside is for test/faults. */
const send = (signal: EndingSignal): void => void process.emit(signal, signal);

test.each(signals)('%s ends the session once, and is told', (signal) => {
  expect(interrupts.received).toBeUndefined();
  send(signal);
  expect(interrupts.signal.reason).toBeInstanceOf(InterruptedError);
  expect(interrupts.received).toBe(signal);
  expect(exits).toEqual([]);
});

test('the second one is forced, and does not change what the first one was', () => {
  send('SIGTERM');
  send('SIGINT');
  expect(interrupts.received).toBe('SIGTERM');
  expect(exits).toEqual([130]);
});

test('a command that takes over is left alone until it gives back', () => {
  const giveBack = interrupts.takeOver();
  send('SIGINT');
  send('SIGINT');
  expect(interrupts.signal.aborted).toBe(false);
  expect(exits).toEqual([]);
  giveBack();
  send('SIGHUP');
  expect(interrupts.received).toBe('SIGHUP');
});

test('one that comes when the work is done ends the process with the status of the work', () => {
  interrupts.takeOver();
  interrupts.finish(7);
  send('SIGTERM');
  expect(interrupts.received).toBeUndefined();
  expect(exits).toEqual([7]);
});

test('work that was interrupted is not done, though it comes to its end', () => {
  send('SIGTERM');
  interrupts.finish(0);
  send('SIGINT');
  expect(interrupts.received).toBe('SIGTERM');
  expect(exits).toEqual([130]);
});

test('a session that ended for another reason was not interrupted', () => {
  const other = new Interrupts(() => undefined);
  other.interrupt('SIGTERM');
  expect(other.received).toBe('SIGTERM');
  expect(interrupts.received).toBeUndefined();
  other.dispose();
});

test('nobody listens any more in the end', () => {
  interrupts.dispose();
  expect(counts()).toEqual(before);
});
