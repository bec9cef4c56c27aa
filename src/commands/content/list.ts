import type { ContentInfo } from '../../client/content.js';
import { TctrCommand } from '../../cli/command.js';
import { listFlags } from '../../cli/list-flags.js';
import { contentList } from '../../views/content-list.js';
import { renderList } from '../../views/render-list.js';

export class ContentList extends TctrCommand {
  static override summary = 'list the blobs of the store';
  static override aliases = ['ls'];
  static override flags = listFlags;
  static override texts = {
    args: '[<filter>...]',
    examples: [
      ['content ls', 'what is here'],
      [`content ls -q 'labels."containerd.io/uncompressed"'`, 'the layers that are unpacked'],
    ],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ContentList);
    const client = await this.client();
    const rows: ContentInfo[] = [];
    for await (const info of client.content.list(this.words)) rows.push(info);
    this.print(await renderList(rows, contentList(Date.now()), flags));
  }
}
