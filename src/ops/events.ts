/**
 * Runs work that emits events while it goes on, as an async generator of those events that ends in the
 * work's result. Leaving the loop early aborts the work, and waits for its clean-up.
 */
export async function* withEvents<Event, Result>(
  work: (emit: (event: Event) => void, signal: AbortSignal) => Promise<Result>,
): AsyncGenerator<Event, Result> {
  const queue: Event[] = [];
  const controller = new AbortController();
  let wake = (): void => undefined;
  let ended = false;
  const emit = (event: Event): void => {
    queue.push(event);
    wake();
  };
  const result = work(emit, controller.signal).finally(() => {
    ended = true;
    wake();
  });
  result.catch(() => undefined); // it is awaited below; until then a failure must not count as unhandled
  try {
    for (;;) {
      const event = queue.shift();
      if (event !== undefined) yield event;
      else if (ended) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    return await result;
  } finally {
    if (!ended) {
      controller.abort();
      await result.catch(() => undefined);
    }
  }
}
