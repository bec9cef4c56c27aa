import type { Client } from '../client/client.js';
import { TctrCommand } from '../cli/command.js';
import { forEachWord } from '../cli/docker/daemon-error.js';
import { requireWords } from '../cli/docker/words.js';
import { UsageError } from '../cli/errors.js';
import { string } from '../cli/flags.js';
import { hasKind, KindError } from '../oci/errors.js';
import { formatJson, type JsonObject } from '../output/json.js';
import { safe } from '../output/safe.js';
import { parseTemplate } from '../output/template.js';
import { describeContainer } from '../ops/describe-containers.js';
import { describeDockerImages } from '../ops/docker-images.js';
import { findContainer } from '../ops/find-container.js';
import { findImage } from '../ops/find-image.js';
import { taskOf } from '../ops/require-running.js';
import { specOf } from '../ops/spec-of.js';
import { inspectContainer, inspectImage } from '../views/docker-inspect.js';

export class Inspect extends TctrCommand {
  static override summary = 'show all of containers or images, as JSON';
  static override grammar = 'docker' as const;
  static override flags = {
    format: string({
      summary: "a Go template such as '{{.State.Pid}}', or json",
      aliases: ['f'],
      placeholder: 'FORMAT',
    }),
    type: string({ summary: 'container or image; without it whichever is there', placeholder: 'TYPE' }),
  };
  static override texts = {
    args: '<container|image> [<container|image>...]',
    description: "The shape is docker's, as far as containerd knows; what is its own is under Containerd.",
    examples: [
      ["inspect -f '{{.State.Pid}}' web", 'one value'],
      ['inspect --type image nginx:alpine', 'an image'],
    ],
    ctr: 'ctr container info',
  } as const;

  async run(): Promise<void> {
    const { format, type = '' } = await this.flags(Inspect);
    requireWords(this.words, 1);
    if (!['', 'container', 'image'].includes(type))
      throw new UsageError(`"${type}" is not a valid value for --type`);
    const template = format === undefined || format === 'json' ? undefined : parseTemplate(format);
    const client = await this.client();
    const found: JsonObject[] = [];
    const show = (): void => {
      if (template) found.forEach((each) => this.print(`${safe(template.execute(each))}\n`));
      else
        this.print(
          `${formatJson(found, { indent: format === 'json' ? 0 : 4, escapeHtml: false, terminalSafe: true })}\n`,
        );
    };
    try {
      await forEachWord(this.session, this.words, async (word) => {
        found.push(await inspect(client, word, type));
      });
    } finally {
      show();
    }
  }
}

async function inspect(client: Client, word: string, type: string): Promise<JsonObject> {
  if (type !== 'image') {
    try {
      return await inspectOneContainer(client, word);
    } catch (error) {
      if (type === 'container' || !hasKind(error, 'not found')) throw error;
    }
  }
  try {
    return await inspectOneImage(client, word);
  } catch (error) {
    if (type === 'image' || !hasKind(error, 'not found')) throw error;
    throw new KindError('not found', `No such object: ${word}`);
  }
}

async function inspectOneContainer(client: Client, word: string): Promise<JsonObject> {
  const container = await findContainer(client, word);
  const described = describeContainer(container, await taskOf(client, container.id));
  return inspectContainer({ ...described, spec: specOf(container), namespace: client.namespace });
}

async function inspectOneImage(client: Client, word: string): Promise<JsonObject> {
  const found = await findImage(client, word);
  const all = await describeDockerImages(client, await client.images.list());
  const first =
    found.by === 'id' ? found.images[0] : all.find(({ image }) => image.name === found.image.name);
  if (!first) throw new KindError('not found', `No such image: ${word}`);
  const same = all.filter(({ id }) => id === first.id);
  const { id, config, size, image } = first;
  return inspectImage({
    id,
    config,
    size,
    tags: same.filter(({ tag }) => tag !== '<none>').map(({ repository, tag }) => `${repository}:${tag}`),
    digests: [
      ...new Set(
        same.filter((row) => row.repository !== '<none>').map((row) => `${row.repository}@${row.digest}`),
      ),
    ],
    labels: image.labels,
    namespace: client.namespace,
    target: image.target,
  });
}
