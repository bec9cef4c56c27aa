import { TctrCommand } from '../cli/command.js';
import { safe } from '../output/safe.js';
import { eventLine } from '../views/event-line.js';

export class EventStream extends TctrCommand {
  static override summary = 'show what happens, as it happens, in all namespaces';
  static override aliases = ['events'];
  static override texts = {
    args: '[<filter>...]',
    description:
      'Goes on until it is interrupted. Filters look at namespace, topic and event.FIELD; an event that any of them matches is shown.',
    examples: [
      ['event', 'everything'],
      ['event \'topic~="^/tasks/"\'', 'processes that start and end'],
      ["event 'namespace==moby,topic==/tasks/oom'", "docker's containers that run out of memory"],
    ],
    docker: 'docker events',
  } as const;

  async run(): Promise<void> {
    const client = await this.client();
    for await (const envelope of client.events.subscribe(this.words)) {
      const line = eventLine(envelope);
      if (typeof line === 'string') this.print(line);
      else {
        this.diagnostics.warning('cannot unmarshal an event from Any', { error: safe(line.problem) });
      }
    }
  }
}
