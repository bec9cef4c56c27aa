/** What a program says on stderr, taken apart. */
export interface Messages {
  /** logrus lines, without the time. */
  readonly logs: readonly string[];
  /** Everything else. */
  readonly lines: readonly string[];
}

const logLine = /^time="[^"]*" (level=.*)$/;
const noise: readonly string[] = [
  // ctr asks the daemon for its deprecations before every command, and says so when that fails.
  'msg="Failed to check deprecations"',
  // Now and then the end of a pull catches ctr's progress in the middle of a look.
  'msg="failed to get content info" error="context canceled"',
];

/** Tells log lines from the rest. */
export function readMessages(stderr: string): Messages {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const logs = lines.flatMap((line) => logLine.exec(line)?.[1] ?? []);
  return {
    logs: logs.filter((line) => !noise.some((words) => line.includes(words))).sort(),
    lines: lines.filter((line) => !logLine.test(line)),
  };
}
